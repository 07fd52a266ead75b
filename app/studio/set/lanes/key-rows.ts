import type { StagedKey } from "#domain/film/staging.ts";

/** The camera's keys by what changes in them: a row of the path shows only where something happens. */
export function keyRows(keys: readonly StagedKey[]): {
  position: readonly StagedKey[];
  look: readonly StagedKey[];
  lens: readonly StagedKey[];
} {
  const changes = (isAs: (a: StagedKey, b: StagedKey) => boolean) =>
    keys.filter((key, index) => {
      const before = keys[index - 1];
      return before === undefined || !isAs(before, key);
    });
  return {
    position: keys,
    look: changes((a, b) => a.look.every((value, axis) => value === b.look[axis])),
    lens: changes((a, b) => a.lensMm === b.lensMm),
  };
}
