import { changeScene, changeShot } from "#domain/film/edit.ts";
import { removeShots, restoreShots } from "#domain/film/remove-shots.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { FrameRate } from "#domain/time.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useReadFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { ShotCard } from "./shot-card.tsx";

/** A shot that was set aside. It keeps its takes and comes back with one click. */
export function AsideCard({ shot, fps }: { shot: Shot; fps: FrameRate }) {
  const { doc, edit, mayEdit } = useSession();
  const readFilm = useReadFilm();

  const bringBack = () => {
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
  const remove = () => {
    const removed = removeShots(doc, [shot.id], edit);
    toast.undo("Shot deleted.", () => restoreShots(doc, removed, edit));
  };

  return (
    <div className="board-slot">
      <ShotCard shot={shot} scene={null} fps={fps} />
      {mayEdit ? (
        <span className="board-aside-actions">
          <Button size="small" onClick={bringBack}>
            Bring back
          </Button>
          <Button size="small" look="danger" onClick={remove}>
            Delete
          </Button>
        </span>
      ) : null}
    </div>
  );
}
