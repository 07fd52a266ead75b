/** One reading of the script for the whole tab, kept up only while some view looks at it. No React in here. */
import * as Y from "yjs";
import { LiveReading, type LiveProposal } from "#domain/screenplay/reparse/live-reading.ts";
import { unpack, type FromWorker } from "./proposal-wire.ts";
import { settleMs } from "./settle.ts";
import { createStore, type Store } from "./store.ts";

export interface ProposalWatch {
  /** Null until it was read once. */
  live: Store<LiveProposal | null>;
  /** Changes that this person does not want to be asked about now, in this tab. */
  notNow: Store<ReadonlySet<string>>;
  /** Keeps the reading up until it is let go. @returns lets go */
  hold(): () => void;
  close(): void;
}

/** Longer than a change of views: what was read is still there when the next one opens. */
const lingerMs = 20_000;

export function watchProposal(doc: Y.Doc): ProposalWatch {
  const live = createStore<LiveProposal | null>(null);
  let holders = 0;
  let reader: { stop(): void } | null = null;
  let lingering: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    reader?.stop();
    reader = null;
  };
  return {
    live,
    notNow: createStore<ReadonlySet<string>>(new Set()),
    hold() {
      holders += 1;
      clearTimeout(lingering);
      reader ??= beginReading(doc, live);
      let isLetGo = false;
      return () => {
        if (isLetGo) return;
        isLetGo = true;
        holders -= 1;
        if (holders === 0) lingering = setTimeout(stop, lingerMs);
      };
    },
    close() {
      clearTimeout(lingering);
      stop();
    },
  };
}

function beginReading(doc: Y.Doc, live: Store<LiveProposal | null>): { stop(): void } {
  if (typeof Worker === "undefined") return readHere(doc, live);
  let here: { stop(): void } | null = null;
  const worker = new Worker(new URL("./proposal.worker.ts", import.meta.url), { type: "module" });
  const onUpdate = (update: Uint8Array) => worker.postMessage(update);
  const stop = () => {
    doc.off("update", onUpdate);
    worker.terminate();
  };
  let last: LiveProposal | null = null;
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    last = unpack(data, last);
    live.set(last);
  });
  // Where workers are not allowed to start, the tab reads for itself.
  worker.addEventListener("error", () => {
    stop();
    here ??= readHere(doc, live);
  });
  doc.on("update", onUpdate);
  worker.postMessage(Y.encodeStateAsUpdate(doc));
  return {
    stop() {
      stop();
      here?.stop();
    },
  };
}

function readHere(doc: Y.Doc, live: Store<LiveProposal | null>): { stop(): void } {
  const reading = new LiveReading(doc);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = (delayMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => live.set(reading.read()), delayMs);
  };
  const onUpdate = () => schedule(settleMs);
  doc.on("update", onUpdate);
  schedule(0);
  return {
    stop() {
      clearTimeout(timer);
      doc.off("update", onUpdate);
    },
  };
}
