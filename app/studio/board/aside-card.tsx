import { bringBack } from "#domain/film/board-edits.ts";
import { removeShots } from "#domain/film/remove-shots.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { FrameRate } from "#domain/time.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture, undoableGesture } from "#app/studio/session/gesture.ts";
import { Button } from "#app/ui/button.tsx";
import { ShotCard } from "./shot-card.tsx";
import { toastUndo } from "./toast-undo.ts";

const nothing: ReadonlySet<string> = new Set();

/** A shot that was set aside. It keeps its takes and comes back with one click. */
export function AsideCard({ shot, fps }: { shot: Shot; fps: FrameRate }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const remove = () => {
    // Its takes stay in the library: here it goes for good.
    const { takeBack } = undoableGesture(undo, () => removeShots(doc, [shot.id], nothing, edit));
    toastUndo("Shot deleted.", takeBack);
  };

  return (
    <div className="board-slot">
      <ShotCard shot={shot} scene={null} fps={fps} />
      {mayEdit ? (
        <span className="board-aside-actions">
          <Button size="small" onClick={() => gesture(undo, () => bringBack(doc, shot.id, edit))}>
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
