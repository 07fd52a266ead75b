import { Archive } from "lucide-react";
import { changeScene, changeShot } from "#domain/film/edit.ts";
import { removeShots, restoreShots } from "#domain/film/remove-shots.ts";
import type { Shot } from "#domain/film/shot.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm, useReadFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { ShotCard } from "./shot-card.tsx";

/** Shots that the script no longer has. They keep their takes and come back with one click. */
export function AsideShots() {
  const { doc, edit, mayEdit } = useSession();
  const shots = useFilm((film) => film.asideShots);
  const fps = useFilm((film) => film.meta.fps);
  const readFilm = useReadFilm();
  if (shots.length === 0) return null;

  const bringBack = (shot: Shot) => {
    const film = readFilm();
    const last = film.scenes.at(-1);
    doc.transact(() => {
      if (film.asideScenes.some((scene) => scene.id === shot.sceneId))
        changeScene(doc, shot.sceneId, { aside: undefined }, edit);
      else if (!film.scenes.some((scene) => scene.id === shot.sceneId) && last)
        changeShot(doc, shot.id, { sceneId: last.id }, edit);
      // Without a source it is the person's own from now on, and no re-parse takes it away again.
      changeShot(doc, shot.id, { aside: undefined, source: undefined }, edit);
    }, edit.origin);
  };
  const remove = (shot: Shot) => {
    const removed = removeShots(doc, [shot.id], edit);
    toast.undo("Shot deleted.", () => restoreShots(doc, removed, edit));
  };

  return (
    <section className="board-scene board-aside" aria-label="Set aside">
      <header className="board-scene-head">
        <Archive className="small" />
        <h3>Set aside</h3>
        <span className="faint small">
          The script no longer has {shots.length === 1 ? "this shot" : `these ${shots.length} shots`}. Takes are kept.
        </span>
      </header>
      <ul className="board-cards">
        {shots.map((shot) => (
          <li key={shot.id} className="board-slot">
            <ShotCard shot={shot} scene={null} fps={fps} />
            {mayEdit ? (
              <span className="board-aside-actions">
                <Button size="small" onClick={() => bringBack(shot)}>
                  Bring back
                </Button>
                <Button size="small" look="danger" onClick={() => remove(shot)}>
                  Delete
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
