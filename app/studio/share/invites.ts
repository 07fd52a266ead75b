import { z } from "zod";
import { Role } from "#domain/collab/access.ts";
import type { Id } from "#domain/ids.ts";
import { api, everyItemOf } from "#app/studio/session/api.ts";

export const Invite = z.object({
  id: z.string(),
  projectId: z.string().nullable(),
  role: Role,
  expiresAt: z.string().nullable(),
  maxUses: z.number().nullable(),
  uses: z.number(),
  state: z.enum(["open", "expired", "revoked", "used-up"]),
  createdAt: z.string(),
});
export type Invite = z.infer<typeof Invite>;

export const Member = z.object({ userId: z.string(), name: z.string(), color: z.string(), role: Role });
export type Member = z.infer<typeof Member>;

export interface NewInvite {
  role: "editor" | "commenter" | "viewer";
  expiresInHours: number | null;
  maxUses: number | null;
}

/** Makes a link to one film. @returns the whole address; it can't be read again later */
export async function makeInvite(workspaceId: Id, projectId: Id, want: NewInvite): Promise<string> {
  const body = {
    role: want.role,
    projectId,
    ...(want.expiresInHours === null ? {} : { expiresInHours: want.expiresInHours }),
    ...(want.maxUses === null ? {} : { maxUses: want.maxUses }),
  };
  const { token } = z
    .object({ token: z.string() })
    .parse(await api.post(`/v1/workspaces/${workspaceId}/invites`, body));
  return `${location.origin}/join/${token}`;
}

/** Links to this film that still let somebody in, newest first. */
export async function listOpenInvites(workspaceId: Id, projectId: Id): Promise<Invite[]> {
  const invites = z.array(Invite).parse(await everyItemOf(`/v1/workspaces/${workspaceId}/invites`, "invites"));
  return invites.filter(
    (invite) => invite.state === "open" && (invite.projectId === projectId || invite.projectId === null),
  );
}

export async function listMembers(workspaceId: Id): Promise<Member[]> {
  return z.array(Member).parse(await everyItemOf(`/v1/workspaces/${workspaceId}/members`, "members"));
}

export async function revokeInvite(id: Id): Promise<void> {
  await api.delete(`/v1/invites/${id}`);
}
