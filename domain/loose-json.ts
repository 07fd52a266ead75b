/** Reads JSON that a language model wrote: what is not of the kind asked for is as good as not said. */

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** @returns trimmed, at most so many letters; empty for what is no text */
export const text = (value: unknown, most: number): string =>
  typeof value === "string" ? value.trim().slice(0, most) : "";

/** Spelling is forgiven: "Close-Up" is close_up. */
export function oneOf<const T extends string>(all: readonly T[], value: unknown, otherwise: T): T {
  const plain = (word: string) => word.toLowerCase().replace(/[^a-z]/g, "");
  const wanted = typeof value === "string" ? plain(value) : "";
  return all.find((one) => plain(one) === wanted) ?? otherwise;
}
