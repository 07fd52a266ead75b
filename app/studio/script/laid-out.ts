/** The script as it lies on pages, for the page view, the outline and the counts: read once, a moment after a change. */
import type * as Y from "yjs";
import { screenplayOf } from "#domain/film/document.ts";
import { measureScenes, type SceneMeasure } from "#domain/screenplay/pages/measure-scenes.ts";
import { layOutPages, type Page } from "#domain/screenplay/pages/pages.ts";
import { lexScript, relexScript, type LexedLine, type LexedScript } from "#domain/screenplay/fountain/relex.ts";
import { createStore, type Store } from "#app/studio/session/store.ts";

export interface LaidOut {
  script: LexedScript;
  pages: readonly Page[];
  scenes: readonly SceneMeasure[];
  words: number;
}

const pauseMs = 250;
const stores = new WeakMap<Y.Doc, Store<LaidOut>>();

/** One per open film; it stays as long as the document does. */
export function laidOutOf(doc: Y.Doc): Store<LaidOut> {
  const known = stores.get(doc);
  if (known) return known;
  const text = screenplayOf(doc);
  const store = createStore(layOut(lexScript(text.toString())));
  let timer: ReturnType<typeof setTimeout> | undefined;
  text.observe(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const before = store.get().script;
      const { script } = relexScript(before, { from: 0, to: before.lines.length, text: text.toString() });
      if (script !== before) store.set(layOut(script));
    }, pauseMs);
  });
  stores.set(doc, store);
  return store;
}

function layOut(script: LexedScript): LaidOut {
  const pages = layOutPages(script.lines, { paper: "letter" });
  return {
    script,
    pages,
    scenes: measureScenes(script.lines, pages),
    words: script.lines.reduce((sum, line) => sum + wordsIn(line), 0),
  };
}

const counts = new WeakMap<LexedLine, number>();

function wordsIn(line: LexedLine): number {
  const known = counts.get(line);
  if (known !== undefined) return known;
  const count = line.content.match(/\S+/g)?.length ?? 0;
  counts.set(line, count);
  return count;
}
