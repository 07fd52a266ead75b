/**
 * Signs and checks tickets. The app signs, collab-server checks; both hold SESSION_SECRET. The key of the MAC is
 * derived from it, so that nothing else signed with the same secret can pass for a ticket.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { TicketClaims } from "#domain/collab/ticket.ts";

/** @returns `base64url(JSON) "." base64url(mac)` */
export function signTicket(claims: TicketClaims, secret: string): string {
  const body = Buffer.from(JSON.stringify(TicketClaims.parse(claims))).toString("base64url");
  return `${body}.${macOf(body, secret).toString("base64url")}`;
}

/** Does it look like a ticket at all? What does not is refused before the upgrade. */
export function isTicketShaped(ticket: string): boolean {
  return ticket.length <= 4096 && /^[\w-]+\.[\w-]{43}$/.test(ticket);
}

/**
 * @param now  milliseconds since 1970
 * @returns what the ticket says, or null when it is malformed, forged or expired
 */
export function verifyTicket(ticket: string, secret: string, now: number): TicketClaims | null {
  if (!isTicketShaped(ticket)) return null;
  const [body = "", mac = ""] = ticket.split(".");
  const given = Buffer.from(mac, "base64url");
  const expected = macOf(body, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = TicketClaims.safeParse(parseJson(Buffer.from(body, "base64url").toString("utf8")));
  if (!claims.success || claims.data.exp * 1000 <= now) return null;
  return claims.data;
}

function macOf(body: string, secret: string): Buffer {
  return createHmac("sha256", `backlot ticket ${secret}`).update(body).digest();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
