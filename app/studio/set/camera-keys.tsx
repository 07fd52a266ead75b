import { timecode } from "#domain/time.ts";
import { Plus, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { StagedKey } from "#domain/film/staging.ts";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import { nameWords } from "#app/studio/board/shot-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { changeSetState, setState } from "./set-state.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

/** The keys of the camera's way in time, with names. */
export function CameraKeys({ set, chosen }: { set: ShotSet; chosen: StagedKey | undefined }) {
  const { mayEdit } = useSession();
  const actions = useSetActions(set);
  const frame = useStore(setState, (state) => state.frame);
  const { plan, staging } = set;
  const { keys } = staging;
  return (
    <section className="inspector-part" aria-label="Keys">
      <h3>
        Keys
        <span className="end">
          <IconButton name="Set key at playhead" size="small" disabled={!mayEdit} onClick={() => actions.key(frame)}>
            <Plus className="small" />
          </IconButton>
        </span>
      </h3>
      {keys.length === 0 ? (
        <p className="small faint">
          The camera follows its framing and move. One key locks it in place; two or more make a path.
        </p>
      ) : null}
      <ul className="camera-keys num">
        {keys.map((key, place) => (
          <li key={key.id} data-now={key === chosen}>
            <button
              type="button"
              aria-pressed={key === chosen}
              aria-label={`Key ${place + 1} at ${timecode(key.frame, plan.fps)}`}
              onClick={() => changeSetState({ selected: `key:${key.id}`, frame: key.frame, playing: false })}
            >
              <i className="dm" aria-hidden="true" />
              <span>{timecode(key.frame, plan.fps)}</span>
            </button>
            <KeyName
              name={key.name ?? ""}
              hint={nameFor(set, key.eye, key.look)}
              disabled={!mayEdit}
              onCommit={(name) => actions.changeKey(key.id, { name })}
            />
            <span className="faint small">{Math.round(key.lensMm)} mm</span>
            {mayEdit ? (
              <IconButton
                name={`Delete key ${place + 1}`}
                size="small"
                className="on-row"
                onClick={() => actions.remove(`key:${key.id}`)}
              >
                <X className="small" />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function KeyName({
  name,
  hint,
  disabled,
  onCommit,
}: {
  name: string;
  hint: string;
  disabled: boolean;
  onCommit(name: string): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  useEffect(() => setDraft(null), [name]);
  return (
    <input
      className="key-name cut"
      aria-label="Key name"
      placeholder={hint}
      maxLength={60}
      disabled={disabled}
      value={draft ?? name}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (draft !== null && draft.trim() !== name) onCommit(draft.trim());
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}

/** What a key without a name is called by what it sees. */
function nameFor(set: ShotSet, eye: Vec3, look: Vec3): string {
  let best: { name: string; far: number } | null = null;
  for (const person of set.plan.cast) {
    const far = Math.hypot(person.at[0] - look[0], person.at[2] - look[2]);
    if (far < 1.2 && (best === null || far < best.far)) best = { name: nameWords(person.name), far };
  }
  const high = eye[1] - (set.plan.cast[0]?.at[1] ?? 0);
  const height = high < 0.9 ? "Low" : high > 3.2 ? "High" : "Eye level";
  return best === null ? height : `${height}, on ${best.name}`;
}
