/** Remarks in the script: their words are marked, a pin at the margin opens the thread. */
import { StateEffect, StateField, type Extension, type Range } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  keymap,
  showTooltip,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type Tooltip,
} from "@codemirror/view";
import { anchorAt, placeOfAnchor, threadsOf, type Thread } from "#domain/film/comments.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import type { FilmSession } from "#app/studio/session/session-contract.ts";
import { beginComment, commentsState, openThread } from "./comments-state.ts";
import "./script-comments.css";

interface Placed {
  thread: Thread;
  from: number;
  to: number;
}

const setPlaced = StateEffect.define<{ placed: Placed[]; openId: string | null }>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let next = value.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setPlaced)) next = draw(effect.value, transaction.newDoc);
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function draw(
  { placed, openId }: { placed: Placed[]; openId: string | null },
  doc: { length: number; lineAt(at: number): { from: number } },
): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  const byLine = new Map<number, Placed[]>();
  for (const each of placed) {
    if (each.to > doc.length) continue;
    const isOpen = each.thread.first.id === openId;
    ranges.push(
      Decoration.mark({ class: "commented", attributes: { "data-open": String(isOpen) } }).range(each.from, each.to),
    );
    const line = doc.lineAt(each.from).from;
    byLine.set(line, [...(byLine.get(line) ?? []), each]);
  }
  for (const [line, here] of byLine) ranges.push(Decoration.widget({ widget: new Pin(here), side: -1 }).range(line));
  return Decoration.set(ranges, true);
}

class Pin extends WidgetType {
  readonly #threads: readonly Thread[];
  readonly #key: string;
  constructor(placed: readonly Placed[]) {
    super();
    this.#threads = placed.map(({ thread }) => thread);
    this.#key = this.#threads.map(({ first, replies }) => `${first.id} ${replies.length}`).join();
  }
  override eq(other: Pin): boolean {
    return this.#key === other.#key;
  }
  override toDOM(): HTMLElement {
    const first = this.#threads[0]?.first;
    const remarks = this.#threads.reduce((sum, { replies }) => sum + 1 + replies.length, 0);
    const pin = document.createElement("button");
    pin.type = "button";
    pin.className = "script-pin";
    pin.textContent = String(remarks);
    pin.title = first ? `${first.name}: ${first.text}` : "";
    pin.setAttribute("aria-label", remarks === 1 ? "1 comment on this line" : `${remarks} comments on this line`);
    pin.onmousedown = (event) => event.preventDefault();
    pin.onclick = () => first && openThread(first.id);
    return pin;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

/** The words under the selection become a draft in the panel. */
function comment(session: FilmSession) {
  return (view: EditorView): boolean => {
    const { main } = view.state.selection;
    // Without a selection the whole line is meant.
    const line = view.state.doc.lineAt(main.head);
    const { from, to } = main.empty ? line : main;
    if (to <= from) return false;
    beginComment({ anchor: anchorAt(session.doc, from, to) });
    return true;
  };
}

export function scriptComments(session: FilmSession): Extension {
  const follow = ViewPlugin.define((view) => {
    let shownId: string | null = null;
    let isOver = false;
    let waits = false;
    const look = () => {
      waits = false;
      if (isOver) return;
      const { openId } = commentsState.get();
      const placed = threadsOf(readFilm(session.doc).comments).flatMap((thread): Placed[] => {
        const { first } = thread;
        if (first.anchor === undefined || (first.resolved && first.id !== openId)) return [];
        const place = placeOfAnchor(session.doc, first.anchor);
        return place ? [{ thread, ...place }] : [];
      });
      const open = placed.find(({ thread }) => thread.first.id === openId);
      const goes = open !== undefined && openId !== shownId;
      shownId = openId;
      view.dispatch({
        effects: [
          setPlaced.of({ placed, openId }),
          ...(goes ? [EditorView.scrollIntoView(open.from, { y: "center" })] : []),
        ],
      });
    };
    // The editor and the shared text are level again once the transaction that is under way has ended.
    const soon = () => {
      if (waits) return;
      waits = true;
      queueMicrotask(look);
    };
    const comments = session.doc.getMap("comments");
    comments.observeDeep(soon);
    const stop = commentsState.subscribe(soon);
    soon();
    return {
      destroy() {
        isOver = true;
        comments.unobserveDeep(soon);
        stop();
      },
    };
  });
  if (!session.mayComment) return [marks, follow];
  const say = comment(session);
  return [
    marks,
    follow,
    keymap.of([{ key: "Mod-Alt-m", preventDefault: true, run: say }]),
    showTooltip.compute(["selection"], (state): Tooltip | null => {
      const { main } = state.selection;
      return main.empty ? null : { pos: main.from, above: true, create: (view) => ({ dom: sayButton(view, say) }) };
    }),
  ];
}

/** Over a selection, for whoever does not know the keys. */
function sayButton(view: EditorView, say: (view: EditorView) => boolean): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "script-say";
  button.textContent = "Comment";
  button.title = "Ctrl+Alt+M";
  button.onmousedown = (event) => event.preventDefault();
  button.onclick = () => say(view);
  return button;
}
