import { z } from "zod";

/**
 * What a ticket says: who may open which document, until when. The app signs it (HMAC-SHA-256 under SESSION_SECRET),
 * collab-server checks it; the role is not in it but read at each connect, because roles change faster than tickets.
 * Form: base64url(JSON) "." base64url(mac).
 */
export const TicketClaims = z.object({
  userId: z.string(),
  name: z.string(),
  documentId: z.string(),
  /** Seconds since 1970. */
  exp: z.number().int(),
});
export type TicketClaims = z.infer<typeof TicketClaims>;

export const ticketLifeSeconds = 600;
