/** Reads the script against the board beside the tab, so that typing in a long film never waits for it. */
import * as Y from "yjs";
import { LiveReading } from "#domain/screenplay/reparse/live-reading.ts";
import { ProposalPacker, type ToWorker } from "./proposal-wire.ts";
import { settleMs } from "./settle.ts";

const doc = new Y.Doc();
const reading = new LiveReading(doc);
const packer = new ProposalPacker();
let timer: ReturnType<typeof setTimeout> | undefined;
let last: unknown = null;

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  Y.applyUpdate(doc, data);
  clearTimeout(timer);
  timer = setTimeout(read, last === null ? 0 : settleMs);
});

function read(): void {
  const live = reading.read();
  if (live === last) return;
  last = live;
  self.postMessage(packer.pack(live));
}
