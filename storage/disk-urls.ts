import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { StudioError } from "#domain/errors.ts";

/** What a URL of the disk store allows; every field is under the signature. */
export const DiskGrant = z.discriminatedUnion("op", [
  z.object({
    op: z.literal("put"),
    key: z.string(),
    expires: z.coerce.number().int(),
    bytes: z.coerce.number().int().min(0),
    type: z.string(),
    sha256: z.string().optional(),
  }),
  z.object({
    op: z.literal("get"),
    key: z.string(),
    expires: z.coerce.number().int(),
    type: z.string().optional(),
    name: z.string().optional(),
  }),
]);
export type DiskGrant = z.infer<typeof DiskGrant>;

function macOf(secret: string, fields: readonly (readonly [string, string])[]): string {
  const text = JSON.stringify([...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return createHmac("sha256", `storage:${secret}`).update(text).digest("base64url");
}

/** @returns path and query below `/storage/`, without the origin */
export function signDiskPath(secret: string, grant: DiskGrant): string {
  const fields = Object.entries(grant)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)] as const);
  const query = new URLSearchParams(fields.filter(([name]) => name !== "key").map(([name, value]) => [name, value]));
  query.set("sig", macOf(secret, fields));
  return `/storage/${grant.key}?${query.toString()}`;
}

/**
 * Reads a URL that {@link signDiskPath} made.
 * @throws StudioError "auth/forbidden" when it was changed, is for something else or has expired
 */
export function verifyDiskUrl(secret: string, url: URL, now: number): DiskGrant {
  const given = url.searchParams.get("sig") ?? "";
  const names = [...url.searchParams.keys()].filter((name) => name !== "sig");
  const key = url.pathname.replace(/^\/storage\//, "");
  const fields = [["key", key] as const, ...names.map((name) => [name, url.searchParams.get(name) ?? ""] as const)];
  const expected = Buffer.from(macOf(secret, fields));
  const actual = Buffer.from(given);
  const honest =
    new Set(names).size === names.length && expected.length === actual.length && timingSafeEqual(expected, actual);
  const grant = honest ? DiskGrant.safeParse(Object.fromEntries(fields)) : null;
  if (grant === null || !grant.success)
    throw new StudioError("auth/forbidden", "This link is not one of ours, or was changed.");
  if (grant.data.expires * 1000 < now)
    throw new StudioError("auth/forbidden", "This link has expired. Ask for a new one.");
  return grant.data;
}
