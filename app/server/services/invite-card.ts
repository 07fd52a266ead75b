import { findInviteByHash, stateOfInvite } from "#db/queries/invites.ts";
import type { InviteCard } from "#domain/collab/cards.ts";
import { addressHeader } from "../auth.ts";
import { hashSecret } from "../secrets.ts";
import type { StudioParts } from "../studio-parts.ts";
import { type Busy, orBusy } from "./busy.ts";

/**
 * Of one address, opened and accepted together: several people who were sent the same link may sit behind one, and
 * whoever tries links by chance gets nowhere.
 */
export const invitesPerMinute = 120;

type Parts = Pick<StudioParts, "db" | "now" | "inviteLimit">;

/** What the page of an invite's link shows. @returns null when the token is none of ours */
export function inviteCard(parts: Parts, token: string, request: Request): Promise<InviteCard | Busy | null> {
  return orBusy(async () => {
    parts.inviteLimit.take(request.headers.get(addressHeader) ?? "unknown");
    const row = await findInviteByHash(parts.db, hashSecret(token));
    if (row === null) return null;
    return {
      role: row.role,
      to: row.projectTitle ?? row.workspaceName,
      projectId: row.projectId,
      invitedBy: row.createdByName,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      state: stateOfInvite(row, new Date(parts.now())),
    };
  });
}
