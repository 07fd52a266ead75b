/**
 * Passages of a script that a language model read before: which of them a scene still has, word for word, and what is
 * left to be read.
 */
import type { Block } from "#domain/screenplay/fountain/blocks.ts";
import type { Passage, ProposedShot, ScriptLines, ShotReading } from "#domain/screenplay/breakdown.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { textKey } from "#domain/screenplay/reparse/similar.ts";

/** Passages as a model read them, in the order of the script as it was committed. */
export interface ModelReadings {
  /** By the passage's key. */
  byKey: ReadonlyMap<string, readonly KnownPassage[]>;
  /** How many paragraphs and speeches they have, the most first. */
  lengths: readonly number[];
}
export interface KnownPassage {
  key: string;
  blocks: number;
  shots: ShotReading[];
  /** Keys of its shots that people deleted from the board. */
  leftOut: string[];
}

export const noModelReadings: ModelReadings = { byKey: new Map(), lengths: [] };

/** A stretch of a scene: read before, or still to be read. */
export type Stretch = { read: false; blocks: Block[] } | KnownStretch;
export interface KnownStretch {
  read: true;
  blocks: Block[];
  shots: ProposedShot[];
  leftOut: string[];
}

/** Gives out what is known, each passage once. */
export class KnownPassages {
  readonly #known: ModelReadings;
  readonly #used = new Map<string, number>();

  constructor(known: ModelReadings) {
    this.#known = known;
  }

  /** @returns the scene in stretches, in order; nothing is lost */
  stretchesOf(blocks: readonly Block[]): Stretch[] {
    if (this.#known.lengths.length === 0) return [{ read: false, blocks: [...blocks] }];
    const keys = blocks.map(blockKey);
    const out: Stretch[] = [];
    for (let at = 0; at < blocks.length;) {
      const passage = this.#take(keys, at);
      if (passage) {
        const own = blocks.slice(at, at + passage.blocks);
        out.push({
          read: true,
          blocks: own,
          shots: passage.shots.map((read) => shotOf(read, own)),
          leftOut: passage.leftOut,
        });
        at += passage.blocks;
        continue;
      }
      const last = out.at(-1);
      const block = blocks[at] as Block;
      if (last?.read === false) last.blocks.push(block);
      else out.push({ read: false, blocks: [block] });
      at += 1;
    }
    return out;
  }

  #take(keys: readonly string[], at: number): KnownPassage | undefined {
    for (const length of this.#known.lengths) {
      if (at + length > keys.length) continue;
      const key = passageKey(keys.slice(at, at + length));
      const used = this.#used.get(key) ?? 0;
      const passage = this.#known.byKey.get(key)?.[used];
      if (passage?.blocks !== length) continue;
      this.#used.set(key, used + 1);
      return passage;
    }
    return undefined;
  }
}

function shotOf(read: ShotReading, blocks: readonly Block[]): ProposedShot {
  const { passage, ...fields } = read;
  return { ...fields, read, lines: linesOfBlocks(blocks, passage) };
}

/** @param part  of the blocks, half open; absent: all of them */
export function linesOfBlocks(blocks: readonly Block[], part?: Pick<Passage, "from" | "to">): ScriptLines {
  const first = linesOf(blocks[part?.from ?? 0] ?? blocks[0]);
  const last = linesOf(blocks[(part?.to ?? blocks.length) - 1] ?? blocks.at(-1));
  return { from: first.from, to: Math.max(first.to, last.to) };
}

function linesOf(block: Block | undefined): ScriptLines {
  if (block?.kind === "speech") return block.lines;
  const from = block?.starts[0]?.line ?? 0;
  return { from, to: (block?.starts.at(-1)?.line ?? from) + 1 };
}

export function passageKey(blockKeys: readonly string[]): string {
  const all = blockKeys.join(" ");
  return `${hashText(all).toString(36)}.${hashText(`again ${all}`).toString(36)}`;
}

/** What a paragraph or a speech is known by: its words, and how they are said. */
export function blockKey(block: Block): string {
  const words =
    block.kind === "action"
      ? `action\n${textKey(block.text)}`
      : `speech\n${block.character}\n${textKey(block.parenthetical)}\n${block.dual}\n${textKey(block.text)}`;
  return `${hashText(words).toString(36)}-${words.length.toString(36)}`;
}
