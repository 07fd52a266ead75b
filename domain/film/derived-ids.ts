import { digest } from "lib0/hash/sha256";
import { encodeUtf8 } from "lib0/string";
import type { Id } from "#domain/ids.ts";

/** @returns an id in the shape of a UUID, the same for the same parts wherever it is made */
export function idFrom(...parts: readonly string[]): Id {
  // Lengths keep parts apart, whatever is in them.
  const bytes = digest(encodeUtf8(parts.map((part) => `${part.length}:${part}`).join("")));
  const hex = Array.from(bytes.subarray(0, 16), (byte, at) => {
    if (at === 6) return (byte & 0x0f) | 0x80;
    return at === 8 ? (byte & 0x3f) | 0x80 : byte;
  })
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * Gives out ids that follow from what a record is about, so that two people who make the same thing at once make one
 * record. What is said again, or taken by something else, counts up.
 */
export class DerivedIds {
  readonly #counts = new Map<string, number>();
  readonly #isTaken: (id: Id) => boolean;
  constructor(isTaken: (id: Id) => boolean) {
    this.#isTaken = isTaken;
  }
  next(...parts: readonly string[]): Id {
    const key = parts.join("\u0000");
    for (let count = this.#counts.get(key) ?? 0; ; count += 1) {
      const id = idFrom(...parts, String(count));
      if (this.#isTaken(id)) continue;
      this.#counts.set(key, count + 1);
      return id;
    }
  }
}
