import { Plus } from "lucide-react";
import { useDeferredValue, useMemo } from "react";
import { suggestionsIn } from "#domain/elements/propose.ts";
import { usesIn, type Use } from "#domain/elements/uses.ts";
import { elementKinds, type Element, type ElementKind } from "#domain/film/element.ts";
import { addElement } from "#domain/film/elements.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu } from "#app/ui/menu.tsx";
import { openElement } from "./element-dialog-state.ts";
import { ElementPicture } from "./element-picture.tsx";
import { KindIcon, kindNames } from "./element-words.tsx";
import { FoundInScript } from "./found-in-script.tsx";
import { LibraryPart } from "./library-part.tsx";
import "./elements.css";

/** Everything the film comes back to, by kind, and what its script speaks of that is not here yet. */
export function ElementsPanel() {
  const { doc, edit, mayEdit, undo } = useSession();
  const elements = useFilm((film) => film.elements);
  // In a long film the keystroke comes first, and what the panel says of it a moment later.
  const board = useDeferredValue(useFilm(({ scenes, shots, elements: all }) => ({ scenes, shots, elements: all })));
  const uses = useMemo(() => usesIn(board), [board]);
  const suggestions = useMemo(() => suggestionsIn(board), [board]);
  const add = (kind: ElementKind) => {
    const names = new Set(elements.map(({ name }) => name));
    const base = `New ${kindNames[kind].one.toLowerCase()}`;
    let name = base;
    for (let count = 2; names.has(name); count += 1) name = `${base} ${count}`;
    openElement(gesture(undo, () => addElement(doc, { kind, name, description: "", triggerWords: [] }, edit)));
  };
  return (
    <>
      <div className="panel-head">
        <h2>Elements</h2>
        {elements.length > 0 ? <span className="faint small num">{elements.length}</span> : null}
        {mayEdit ? (
          <span className="end">
            <Menu
              align="end"
              items={elementKinds.map((kind) => ({
                ...{ name: kindNames[kind].one, icon: <KindIcon kind={kind} /> },
                run: () => add(kind),
              }))}
            >
              <IconButton name="Add an element" size="small">
                <Plus />
              </IconButton>
            </Menu>
          </span>
        ) : null}
      </div>
      <div className="elements">
        {elements.length === 0 && suggestions.length === 0 ? (
          <p className="elements-none">
            People, places, props and the style that the film comes back to. What is written here looks the same in
            every shot, and its words are added to every prompt that shows it.
          </p>
        ) : null}
        {elementKinds.map((kind) => (
          <OfKind key={kind} kind={kind} elements={elements} uses={uses} />
        ))}
        {mayEdit ? <FoundInScript suggestions={suggestions} /> : null}
        {mayEdit ? <LibraryPart /> : null}
      </div>
    </>
  );
}

function OfKind({ kind, elements, uses }: { kind: ElementKind; elements: Element[]; uses: readonly Use[] }) {
  const own = elements.filter((element) => element.kind === kind);
  if (own.length === 0) return null;
  return (
    <section aria-label={kindNames[kind].many}>
      <h3 className="elements-kind">{kindNames[kind].many}</h3>
      <ul>
        {own.map((element) => {
          const shotIds = uses.find((use) => use.element.id === element.id)?.shotIds ?? [];
          return (
            <li key={element.id}>
              <button type="button" className="element-row" onClick={() => openElement(element.id)}>
                <ElementPicture element={element} shotIds={shotIds} />
                <span className="cut strong">{element.name}</span>
                <span className="kind faint cut">{element.description || countWords(element, shotIds.length)}</span>
                <span className="num faint sure">{kind === "style" ? "all" : shotIds.length}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const countWords = (element: Element, shots: number) =>
  element.kind === "style" ? "In every shot" : shots === 0 ? "In no shot yet" : "Not described yet";
