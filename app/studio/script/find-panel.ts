/** Find and replace over the page, in our own words and dress. */
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  search,
  SearchQuery,
  setSearchQuery,
} from "@codemirror/search";
import type { EditorState, Extension } from "@codemirror/state";
import type { EditorView, Panel, ViewUpdate } from "@codemirror/view";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import "./find-panel.css";

/** More hits than this are not counted: nobody steps through them. */
const mostCounted = 2000;

class FindPanel implements Panel {
  readonly dom = document.createElement("div");
  readonly top = true;
  readonly #find = field("Find", "Find");
  readonly #replacement = field("Replace with", "Replace with");
  readonly #count = document.createElement("span");
  readonly #capitals = toggle("Aa", "Match capitals");
  readonly #words = toggle("“w”", "Whole words only");
  readonly #steps: HTMLButtonElement[];
  readonly #changes: HTMLButtonElement[];
  readonly #view: EditorView;
  #query: SearchQuery;

  constructor(view: EditorView) {
    this.#view = view;
    this.#query = getSearchQuery(view.state);
    this.#find.value = this.#query.search;
    // What the panel opens with is what CodeMirror looks for: the selected words.
    this.#find.setAttribute("main-field", "true");
    this.#count.className = "count num";
    this.#count.setAttribute("role", "status");
    const previous = button("Previous match (Shift+Enter)", "↑", () => findPrevious(view));
    const next = button("Next match (Enter)", "↓", () => findNext(view));
    const one = button("Replace this match", "Replace", () => replaceNext(view));
    const all = button("Replace all matches", "All", () => replaceAll(view));
    const close = button("Close find (Esc)", "×", () => closeSearchPanel(view));
    this.#steps = [previous, next];
    this.#changes = [one, all];
    this.dom.className = "find-panel";
    this.dom.setAttribute("role", "search");
    this.dom.setAttribute("aria-label", "Find and replace");
    const box = group("box", this.#find, this.#count);
    const first = group("row", box, this.#capitals, this.#words, previous, next, close);
    this.dom.append(first);
    if (!view.state.readOnly) this.dom.append(group("row", this.#replacement, one, all));
    this.dom.addEventListener("input", this.#commit);
    this.dom.addEventListener("keydown", this.#onKey);
    for (const each of [this.#capitals, this.#words])
      each.addEventListener("click", () => {
        each.setAttribute("aria-pressed", String(each.getAttribute("aria-pressed") !== "true"));
        this.#commit();
      });
    this.#show();
  }

  mount(): void {
    this.#find.select();
  }

  update(update: ViewUpdate): void {
    for (const transaction of update.transactions)
      for (const effect of transaction.effects)
        if (effect.is(setSearchQuery) && !effect.value.eq(this.#query)) this.#take(effect.value);
    if (update.docChanged || update.selectionSet || update.transactions.length > 0) this.#show();
  }

  #take(query: SearchQuery): void {
    this.#query = query;
    this.#find.value = query.search;
    this.#replacement.value = query.replace;
    this.#capitals.setAttribute("aria-pressed", String(query.caseSensitive));
    this.#words.setAttribute("aria-pressed", String(query.wholeWord));
  }

  readonly #commit = (): void => {
    const query = new SearchQuery({
      search: this.#find.value,
      replace: this.#replacement.value,
      caseSensitive: this.#capitals.getAttribute("aria-pressed") === "true",
      wholeWord: this.#words.getAttribute("aria-pressed") === "true",
      literal: true,
    });
    if (query.eq(this.#query)) return;
    this.#query = query;
    this.#view.dispatch({ effects: setSearchQuery.of(query) });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const inReplacement = event.target === this.#replacement;
    if (event.key === "Escape") closeSearchPanel(this.#view);
    else if (!enterPressed(event) || event.target instanceof HTMLButtonElement) return;
    else if (inReplacement) replaceNext(this.#view);
    else if (event.shiftKey) findPrevious(this.#view);
    else findNext(this.#view);
    event.preventDefault();
    event.stopPropagation();
  };

  #show(): void {
    const { at, of } = matchesOf(this.#view.state, this.#query);
    const total = of > mostCounted ? `${mostCounted.toLocaleString("en-GB")}+` : of.toLocaleString("en-GB");
    this.#count.textContent = this.#query.search === "" ? "" : of === 0 ? "None" : at ? `${at} of ${total}` : total;
    // A button that goes dead under the focus would take the keys with it: Escape closes the panel from anywhere in it.
    const active = this.dom.ownerDocument.activeElement;
    if (of === 0 && active instanceof HTMLButtonElement && this.dom.contains(active)) this.#find.focus();
    for (const each of [...this.#steps, ...this.#changes]) each.disabled = of === 0;
  }
}

/** How many there are, and which one is selected, from 1. */
function matchesOf(state: EditorState, query: SearchQuery): { at: number | null; of: number } {
  if (query.search === "" || !query.valid) return { at: null, of: 0 };
  const { from, to } = state.selection.main;
  let of = 0;
  let at: number | null = null;
  const cursor = query.getCursor(state);
  for (let hit = cursor.next(); !hit.done && of <= mostCounted; hit = cursor.next()) {
    of += 1;
    if (hit.value.from === from && hit.value.to === to) at = of;
  }
  return { at, of };
}

function field(name: string, placeholder: string): HTMLInputElement {
  const input = document.createElement("input");
  input.type = "text";
  input.setAttribute("aria-label", name);
  input.placeholder = placeholder;
  input.autocomplete = "off";
  input.spellcheck = false;
  return input;
}

function button(name: string, face: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = face;
  made.title = name;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", run);
  return made;
}

function toggle(face: string, name: string): HTMLButtonElement {
  const made = button(name, face, () => undefined);
  made.setAttribute("aria-pressed", "false");
  return made;
}

function group(name: string, ...parts: Node[]): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  made.append(...parts);
  return made;
}

export const findAndReplace: Extension = search({ top: true, createPanel: (view) => new FindPanel(view) });
