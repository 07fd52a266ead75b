import { usesIn } from "#domain/elements/uses.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { Button } from "#app/ui/button.tsx";
import { ElementPicture } from "./element-picture.tsx";
import { confidenceWords, kindNames } from "./element-words.tsx";
import { openElement } from "./element-dialog-state.ts";
import "./elements.css";

/** What the selected shot's scene shows and how sure that is; without a selection, the first scene. */
export function InThisScene({ onAll }: { onAll(): void }) {
  const { shotIds } = useSelection();
  const uses = useFilm(
    (film) => {
      const sceneId = film.shots.find((shot) => shot.id === shotIds[0])?.sceneId ?? film.scenes[0]?.id;
      return sceneId === undefined ? [] : usesIn(film, sceneId);
    },
    (a, b) => shareStructure(a, b) === a,
  );
  const count = useFilm((film) => film.elements.length);
  const hasShots = useFilm((film) => film.shots.length > 0);
  if (!hasShots) return null;
  return (
    <section className="in-this-scene" aria-label="In this scene">
      <div className="panel-head">
        <h2>In this scene</h2>
        <span className="end">
          <Button look="quiet" size="small" onClick={onAll}>
            All elements
          </Button>
        </span>
      </div>
      {uses.length === 0 ? (
        <p className="in-this-scene-none">
          {count === 0
            ? "People, places and props that look the same in every shot will be listed here."
            : "Nothing of the elements is in this scene."}
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
