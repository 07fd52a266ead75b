import { useMemo } from "react";
import { suggestionsIn } from "#domain/elements/propose.ts";
import { usesIn } from "#domain/elements/uses.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import { sameShallow } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { Button } from "#app/ui/button.tsx";
import { ElementPicture } from "./element-picture.tsx";
import { confidenceWords, kindNames } from "./element-words.tsx";
import { openElement } from "./element-dialog-state.ts";
import "./elements.css";

/** Reading one scene costs no more in a long film. */
const onlyScene = ({ scenes, shots, elements }: Film, sceneId: Id) => ({
  ...{ scene: scenes.find(({ id }) => id === sceneId), elements },
  shots: shots.filter((shot) => shot.sceneId === sceneId),
});
const sameScene = (a: ReturnType<typeof onlyScene>, b: ReturnType<typeof onlyScene>) =>
  a.scene === b.scene && a.elements === b.elements && sameShallow(a.shots, b.shots);
const listWords = (names: readonly string[]) => new Intl.ListFormat("en-GB").format(names);

/** What the selected shot's scene shows and how sure that is; without a selection, the first scene. */
export function InThisScene({ onAll }: { onAll(): void }) {
  const { shotIds } = useSelection();
  const sceneId = useFilm(
    (film) => film.shots.find((shot) => shot.id === shotIds[0])?.sceneId ?? film.scenes[0]?.id ?? "",
  );
  const { scene, shots, elements } = useFilm((film) => onlyScene(film, sceneId), sameScene);
  const [uses, found] = useMemo(() => {
    const film = { scenes: scene ? [scene] : [], shots, elements };
    const fresh = suggestionsIn(film).filter(({ elementId }) => elementId === undefined);
    return [usesIn(film), fresh.map(({ name }) => name)];
  }, [scene, shots, elements]);
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
