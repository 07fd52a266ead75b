import { z } from "zod";

export const roles = ["owner", "editor", "commenter", "viewer"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

const rank: Record<Role, number> = { viewer: 0, commenter: 1, editor: 2, owner: 3 };

export function canEdit(role: Role): boolean {
  return rank[role] >= rank.editor;
}
export function canComment(role: Role): boolean {
  return rank[role] >= rank.commenter;
}
export function canManage(role: Role): boolean {
  return role === "owner";
}
/** A person with two roles on one film (workspace and project) has the higher. */
export function higherRole(a: Role | null, b: Role | null): Role | null {
  if (a === null || b === null) return a ?? b;
  return rank[a] >= rank[b] ? a : b;
}
