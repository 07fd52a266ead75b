import { Check, Clapperboard } from "lucide-react";
import { memo } from "react";
import { chooseTake } from "#domain/film/edit.ts";
import type { Shot } from "#domain/film/shot.ts";
import { changesSince, type InputChange } from "#domain/film/staleness.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { changesSentence } from "#app/studio/board/change-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { usePlayingTake, useTakes } from "#app/studio/session/use-takes.ts";
import { Button } from "#app/ui/button.tsx";
import { StateLabel } from "#app/ui/state-label.tsx";
import "./take-grid.css";

/** All takes of a shot, newest last; a press makes one play wherever the shot is used. */
export function TakeGrid({ shot, waiting = false }: { shot: Shot; waiting?: boolean }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const takes = useTakes(shot.id);
  const playing = usePlayingTake(shot.id);
  const changes = useFilm((film) => takes.map((take) => changesSince(film, shot, take)));
  // The first take is on its way, or failed: the card above says so.
  if (takes.length === 0 && waiting) return null;
  if (takes.length === 0)
    return (
      <p className="take-none">
        <Clapperboard aria-hidden="true" />
        No takes yet. Generate makes the first one.
      </p>
    );
  const pinned = shot.takeId !== undefined && takes.some((take) => take.id === shot.takeId);
  return (
    <div className="take-all">
      <ul className="take-grid" aria-label={`Takes of shot ${shot.number}`}>
        {[...takes].reverse().map((take) => (
          <TakeCard
            key={take.id}
            take={take}
            mark={take.id !== playing?.id ? null : pinned ? "Chosen" : "In use"}
            changes={changes[takes.indexOf(take)] ?? none}
            disabled={!mayEdit}
            onChoose={() => gesture(undo, () => chooseTake(doc, shot.id, take.id, edit))}
          />
        ))}
      </ul>
      <p className="take-rule faint small">
        {pinned
          ? `Take ${playing?.number} is in use because someone picked it.`
          : "The newest take is used until someone picks one."}
        {pinned && mayEdit ? (
          <Button size="small" look="quiet" onClick={() => gesture(undo, () => chooseTake(doc, shot.id, null, edit))}>
            Use the newest
          </Button>
        ) : null}
      </p>
    </div>
  );
}

const none: readonly InputChange[] = [];

const TakeCard = memo(function TakeCard({
  take,
  mark,
  changes,
  disabled,
  onChoose,
}: {
  take: TakeView;
  /** What of the shot has changed since. */
  changes: readonly InputChange[];
  /** Why it plays; null: it does not. */
  mark: "Chosen" | "In use" | null;
  disabled: boolean;
  onChoose(): void;
}) {
  return (
    <li className="take-card" data-chosen={mark !== null}>
      <button
        type="button"
        aria-pressed={mark !== null}
        disabled={disabled}
        onClick={onChoose}
        aria-label={`Take ${take.number}, made by ${take.engine}${mark ? ", in use" : ""}${changes.length > 0 ? ", stale" : ""}`}
        title={changes.length > 0 ? changesSentence(changes, take.number) : undefined}
      >
        <span className="take-picture">
          {take.posterUrl ? <img src={take.posterUrl} alt="" loading="lazy" draggable={false} /> : null}
          <span className="plate">
            T{take.number}
            {mark ? ` · ${mark}` : ""}
          </span>
          {mark ? (
            <span className="take-tick" aria-hidden="true">
              <Check className="small" />
            </span>
          ) : null}
        </span>
        <span className="take-facts small">
          <span className="take-engine">{take.engine}</span>
          {changes.length > 0 ? <StateLabel state="stale" /> : null}
          <span className="faint num cut">
            seed {take.seed} · {take.frames} f · {take.width}×{take.height}
          </span>
        </span>
      </button>
    </li>
  );
});
