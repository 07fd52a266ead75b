/** What passes between a tab and its worker that reads the script: updates of the document in, proposals out. */
import type { ProposedScene } from "#domain/screenplay/breakdown.ts";
import type { LiveProposal } from "#domain/screenplay/reparse/live-reading.ts";

/** An update of the film's document, Yjs v1; the first one is the whole. */
export type ToWorker = Uint8Array;
export type FromWorker = PackedProposal;

/** A number stands for the scene at that place of the proposal before: a long film crosses only where it changed. */
export interface PackedProposal {
  live: Omit<LiveProposal, "proposal"> & { proposal: Omit<LiveProposal["proposal"], "scenes"> };
  scenes: (ProposedScene | number)[];
}

export class ProposalPacker {
  #before = new Map<string, number>();
  pack({ proposal, ...live }: LiveProposal): PackedProposal {
    const { scenes, ...rest } = proposal;
    const now = new Map<string, number>();
    const packed = scenes.map((scene, at) => {
      const text = JSON.stringify(scene);
      now.set(text, at);
      return this.#before.get(text) ?? scene;
    });
    this.#before = now;
    return { live: { ...live, proposal: rest }, scenes: packed };
  }
}

/** @param before  what was unpacked last; its scenes keep their identity */
export function unpack({ live, scenes }: PackedProposal, before: LiveProposal | null): LiveProposal {
  const known = before?.proposal.scenes ?? [];
  const all = scenes.map((scene) => (typeof scene === "number" ? (known[scene] as ProposedScene) : scene));
  return { ...live, proposal: { ...live.proposal, scenes: all } };
}
