import { CornerDownRight, Dices, X } from "lucide-react";
import { useCallback, useState } from "react";
import { changeShot } from "#domain/film/edit.ts";
import { cameraMoves, shotTypeNames, shotTypes, type Shot, type ShotRecord } from "#domain/film/shot.ts";
import { inputsOf } from "#domain/prompt/inputs.ts";
import { LengthInputs } from "#app/studio/board/length-inputs.tsx";
import { LensField } from "#app/studio/board/lens-field.tsx";
import { lensHint } from "#app/studio/board/lens.ts";
import { moveNames, nameWords } from "#app/studio/board/shot-words.ts";
import { InThePicture } from "#app/studio/elements/in-the-picture.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/select.tsx";
import { DraftText } from "./draft-text.tsx";
import { SentPrompt } from "./sent-prompt.tsx";

const typeOptions = shotTypes.map((id) => ({ id, name: shotTypeNames[id] }));
const moveOptions = cameraMoves.map((id) => ({ id, name: moveNames[id] }));

/** Everything about a shot that people set. */
export function ShotFields({ shot }: { shot: Shot }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const fps = useFilm((film) => film.meta.fps);
  const sent = useFilm((film) => inputsOf(film, shot).prompt);
  const id = shot.id;
  const change = useCallback(
    (patch: Partial<Omit<ShotRecord, "id">>) => gesture(undo, () => changeShot(doc, id, patch, edit)),
    [doc, id, edit, undo],
  );
  const setAction = useCallback((action: string) => change({ action }), [change]);
  const setNotes = useCallback((notes: string) => change({ notes: notes.trim() === "" ? undefined : notes }), [change]);
  const setPrompt = useCallback((prompt: string) => change({ prompt }), [change]);
  return (
    <>
      <section className="inspector-part">
        <h3>Action</h3>
        <DraftText
          label="Action"
          rows={3}
          maxLength={10_000}
          value={shot.action}
          onCommit={setAction}
          disabled={!mayEdit}
          placeholder="What is seen"
        />
        {shot.dialogue.map((line, index) => (
          <p key={index} className="inspector-line dim">
            <CornerDownRight className="small" aria-hidden="true" />
            <span>
              <b>{nameWords(line.character)}</b> {line.parenthetical ? `(${line.parenthetical}) ` : ""}“{line.text}”
            </span>
          </p>
        ))}
      </section>
      <section className="inspector-part">
        <h3>
          Prompt
          <span className="end faint">{shot.prompt.trim() === "" ? "Composed from the shot" : "Yours"}</span>
        </h3>
        <DraftText
          label="Prompt"
          rows={3}
          maxLength={10_000}
          value={shot.prompt}
          onCommit={setPrompt}
          disabled={!mayEdit}
          placeholder={sent}
        />
        <SentPrompt prompt={sent} />
      </section>
      <section className="inspector-part">
        <h3>Camera</h3>
        <div className="inspector-row">
          <span>Shot type</span>
          <Select
            label="Shot type"
            options={typeOptions}
            value={shot.type}
            onChange={(type) => change({ type })}
            disabled={!mayEdit}
          />
        </div>
        <div className="inspector-row">
          <span>Move</span>
          <Select
            label="Camera move"
            options={moveOptions}
            value={shot.move}
            onChange={(move) => change({ move })}
            disabled={!mayEdit}
          />
        </div>
        <div className="inspector-row">
          <span title={lensHint}>Lens</span>
          <LensField
            lens={shot.lens}
            label="Lens in millimetres"
            disabled={!mayEdit}
            onCommit={(lens) => change({ lens })}
          />
        </div>
        <div className="inspector-row">
          <span>Length</span>
          <LengthInputs
            frames={shot.durationFrames}
            fps={fps}
            label="Length"
            disabled={!mayEdit}
            onCommit={(durationFrames) => change({ durationFrames })}
          />
        </div>
        <div className="inspector-row">
          <span>Seed</span>
          <SeedField seed={shot.seed} disabled={!mayEdit} onCommit={(seed) => change({ seed })} />
        </div>
      </section>
      <InThePicture shot={shot} />
      <section className="inspector-part">
        <h3>
          Notes
          <span className="end faint">For people: no engine hears of them</span>
        </h3>
        <DraftText
          label="Notes"
          rows={2}
          maxLength={5000}
          value={shot.notes ?? ""}
          onCommit={setNotes}
          disabled={!mayEdit}
          placeholder="What the crew should know"
        />
      </section>
    </>
  );
}

const largestSeed = 0xffffffff;

function SeedField({
  seed,
  disabled,
  onCommit,
}: {
  seed: number | undefined;
  disabled: boolean;
  onCommit(seed: number | undefined): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const leave = () => {
    if (draft === null) return;
    const read = Number(draft);
    if (draft.trim() === "") onCommit(undefined);
    else if (Number.isInteger(read) && read >= 0 && read <= largestSeed) onCommit(read);
    setDraft(null);
  };
  return (
    <span className="inspector-seed">
      <input
        className="ui-input num"
        inputMode="numeric"
        aria-label="Seed"
        placeholder="The shot's own, each take"
        disabled={disabled}
        value={draft ?? (seed === undefined ? "" : String(seed))}
        onChange={(event) => setDraft(event.target.value.replace(/\D/g, ""))}
        onBlur={leave}
        onKeyDown={(event) => (enterPressed(event) ? leave() : undefined)}
      />
      <IconButton
        name="Draw a seed"
        size="small"
        disabled={disabled}
        onClick={() => onCommit(crypto.getRandomValues(new Uint32Array(1))[0] ?? 1)}
      >
        <Dices className="small" />
      </IconButton>
      {seed === undefined ? null : (
        <IconButton
          name="A new seed for each take"
          size="small"
          disabled={disabled}
          onClick={() => onCommit(undefined)}
        >
          <X className="small" />
        </IconButton>
      )}
    </span>
  );
}
