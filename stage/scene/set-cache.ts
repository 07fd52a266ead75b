import type { BuiltSet } from "./built-set.ts";

/** How many sets are kept that nobody stands in at the moment. */
const mostKept = 3;

/**
 * Sets that were built before, for the next shot of the same scene. A set is in one scene at a time: who takes it has it
 * to themselves until they give it back.
 */
export class SetCache {
  private readonly idle = new Map<string, BuiltSet>();

  take(key: string, build: () => BuiltSet): BuiltSet {
    const known = this.idle.get(key);
    if (known === undefined) return build();
    this.idle.delete(key);
    return known;
  }

  give(key: string, set: BuiltSet): void {
    this.idle.get(key)?.dispose();
    // Last in the order of the map: the first is the one that nobody has asked for longest.
    this.idle.delete(key);
    this.idle.set(key, set);
    for (const [oldest, old] of this.idle) {
      if (this.idle.size <= mostKept) return;
      this.idle.delete(oldest);
      old.dispose();
    }
  }

  /** Throws away all that nobody stands in. */
  dispose(): void {
    for (const set of this.idle.values()) set.dispose();
    this.idle.clear();
  }
}
