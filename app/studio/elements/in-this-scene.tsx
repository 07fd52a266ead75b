import { suggestionsIn } from "#domain/elements/propose.ts";
import { usesIn } from "#domain/elements/uses.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { Button } from "#app/ui/button.tsx";
import { ElementPicture } from "./element-picture.tsx";
import { confidenceWords, kindNames } from "./element-words.tsx";
import { openElement } from "./element-dialog-state.ts";
import "./elements.css";

const same = (a: unknown, b: unknown) => shareStructure(a, b) === a;
/** Reading one scene costs no more in a long film. */
const onlyScene = (film: Film, sceneId: Id): Film => ({
  ...film,
  scenes: film.scenes.filter(({ id }) => id === sceneId),
  shots: film.shots.filter((shot) => shot.sceneId === sceneId),
});
const listWords = (names: readonly string[]) => new Intl.ListFormat("en-GB").format(names);

/** What the selected shot's scene shows and how sure that is; without a selection, the first scene. */
export function InThisScene({ onAll }: { onAll(): void }) {
  const { shotIds } = useSelection();
  const sceneId = useFilm(
    (film) => film.shots.find((shot) => shot.id === shotIds[0])?.sceneId ?? film.scenes[0]?.id ?? "",
  );
  const uses = useFilm((film) => usesIn(film, sceneId), same);
  const found = useFilm(
    (film) =>
      suggestionsIn(onlyScene(film, sceneId)).flatMap(({ elementId, name }) => (elementId === undefined ? [name] : [])),
    same,
  );
  const hasShots = useFilm((film) => film.shots.length > 0);
  if (!hasShots) return null;
  return (
    <section className="in-this-scene" aria-label="In this scene">
      <div className="panel-head">
        <h2>In this scene</h2>
        <span className="end">
          <Button look="quiet" size="small" onClick={onAll}>
            {found.length > 0 ? `${found.length} found` : "All elements"}
          </Button>
        </span>
      </div>
      {uses.length === 0 ? (
        <p className="in-this-scene-none">
          {found.length === 0
            ? "Nothing of the elements is in this scene."
            : `The script speaks of ${listWords(found.slice(0, 3))} here. As an element each looks the same in every shot.`}
        </p>
      ) : (
        <ul>
          {uses.map(({ element, confidence, shotIds: own }) => (
            <li key={element.id}>
              <button type="button" className="element-row" onClick={() => openElement(element.id)}>
                <ElementPicture element={element} shotIds={own} />
                <span className="cut strong">{element.name}</span>
                <span className="kind faint">{kindNames[element.kind].one}</span>
                <span className="num faint sure">{confidenceWords(confidence)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
