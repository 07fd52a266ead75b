/** Shows where pages end, as sheets that follow one another. */
import { StateEffect, StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet } from "@codemirror/view";
import { pageEnds, type PageEnd } from "#domain/screenplay/pages/page-ends.ts";
import type { Store } from "#app/studio/session/store.ts";
import type { LaidOut } from "./laid-out.ts";

const setEnds = StateEffect.define<readonly PageEnd[]>();

const shownEnds = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    const said = transaction.effects.find((effect) => effect.is(setEnds));
    if (said) return decorationsOf(transaction.state, said.value);
    return transaction.docChanged ? shown.map(transaction.changes) : shown;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorationsOf(state: EditorState, ends: readonly PageEnd[]): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const end of ends) {
    // What is laid out may be a moment older than what is written.
    if (end.line >= state.doc.lines) break;
    const line = state.doc.line(end.line + 1);
    const widget = new PageEndWidget(end);
    const inside = end.column > 0 && end.column < line.length;
    const at = inside ? line.from + end.column : line.from;
    ranges.push(Decoration.widget({ widget, side: -1, block: !inside }).range(at));
  }
  return Decoration.set(ranges, true);
}

class PageEndWidget extends WidgetType {
  readonly #end: PageEnd;
  constructor(end: PageEnd) {
    super();
    this.#end = end;
  }
  override eq(other: PageEndWidget): boolean {
    const { page, emptyRows, more, continued, column } = this.#end;
    const theirs = other.#end;
    return (
      page === theirs.page &&
      emptyRows === theirs.emptyRows &&
      more === theirs.more &&
      continued === theirs.continued &&
      column > 0 === theirs.column > 0
    );
  }
  toDOM(): HTMLElement {
    const { page, emptyRows, more, continued, column } = this.#end;
    const end = part("page-end");
    if (column > 0) end.classList.add("inside");
    end.setAttribute("aria-hidden", "true");
    end.style.setProperty("--empty-rows", String(emptyRows));
    if (more) end.append(part("more", more));
    const next = part("next-page");
    if (page > 1) next.append(part("page-number", `${page}.`));
    end.append(part("foot"), part("between"), next);
    if (continued) end.append(part("more", continued));
    return end;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

function part(name: string, text?: string): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function pageView(laidOut: Store<LaidOut>): Extension {
  const follow = ViewPlugin.define((view) => {
    const show = () => {
      const { script, pages } = laidOut.get();
      view.dispatch({ effects: setEnds.of(pageEnds(script.lines, pages)) });
    };
    // Not while the view is being made.
    queueMicrotask(show);
    return { destroy: laidOut.subscribe(show) };
  });
  return [shownEnds, follow];
}
