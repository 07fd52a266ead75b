import { z } from "zod";
import { StudioError } from "#domain/errors.ts";

/** A place in a list, as it goes into an answer's `cursor`: nobody need know what is in it. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** @throws StudioError "request/invalid" for one that is not ours */
export function readCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.infer<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new StudioError("request/invalid", "cursor: not one of ours", { cause });
  }
}

/** For lists in the order of their ids, which is that of their making. */
export const IdCursor = z.uuid();

/**
 * Makes a page of one row more than asked for: that one only says that there is more.
 * @param placeOf  what the next page begins after
 */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  placeOf: (last: T) => unknown,
): { page: T[]; cursor?: string } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return rows.length > limit && last !== undefined ? { page, cursor: writeCursor(placeOf(last)) } : { page };
}
