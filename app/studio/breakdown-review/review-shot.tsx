import { CornerDownRight, Trash2, Undo2 } from "lucide-react";
import { memo, type ReactNode } from "react";
import { shotTypeNames, shotTypes, type Shot } from "#domain/film/shot.ts";
import type { ShotEdit } from "#domain/screenplay/reparse/choices.ts";
import type { ProposedShot } from "#domain/screenplay/breakdown.ts";
import type { Change } from "#domain/screenplay/reparse/proposal.ts";
import type { FrameRate } from "#domain/time.ts";
import { LengthInputs } from "#app/studio/board/length-inputs.tsx";
import { cardText, nameWords } from "#app/studio/board/shot-words.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/select.tsx";
import { Fields, Take } from "./review-change.tsx";
import type { ReviewRow } from "./review-rows.ts";
import type { Choosing } from "./use-choices.ts";

const changeWords: Partial<Record<Change["kind"], string>> = {
  "shot-new": "New",
  "shot-changed": "Changed",
  "shot-moved": "Moved",
  "shot-back": "Comes back",
  "shot-gone": "Set aside",
};

export interface ReviewShotProps {
  row: ReviewRow;
  sceneNumber: number | null;
  choices: Choosing;
  fps: FrameRate;
  isFirst: boolean;
}

export function ReviewShot({ row, sceneNumber, choices, fps, isFirst }: ReviewShotProps) {
  const name =
    row.kind === "gone" ? `Shot ${row.shot.number}` : `Shot ${row.number} of scene ${sceneNumber ?? ""}`.trim();
  const takes = isFirst
    ? null
    : row.changes.map((change) => (
        <Take
          key={change.id}
          change={change}
          word={changeWords[change.kind] ?? ""}
          about={name.toLowerCase()}
          isTaken={choices.accepted.has(change.id)}
          onAnswer={choices.answer}
        />
      ));
  if (row.kind === "gone") return <GoneShot shot={row.shot} takes={takes} />;
  const edit = choices.edits[row.key];
  if (edit?.removed)
    return (
      <li className="review-shot" data-removed="true">
        <span className="cut dim">{cardText(row.shot) || "Empty shot"}</span>
        <Button size="small" look="quiet" onClick={() => choices.change(row.key, { removed: false })}>
          <Undo2 className="small" /> Keep it
        </Button>
      </li>
    );
  const isOff = row.changes.some(({ id, kind }) => kind === "shot-new" && !choices.accepted.has(id));
  return (
    <li className="review-shot" data-off={isOff && !isFirst} data-new={row.shot.id === undefined && !isFirst}>
      <ShotFacts name={name} shotKey={row.key} shot={row.shot} edit={edit} fps={fps} onChange={choices.change} />
      <div className="review-shot-words">
        {row.changes.map((change) =>
          "fields" in change ? <Fields key={change.id} change={change} choices={choices} /> : null,
        )}
        {row.changes.some((change) => "fields" in change) ? null : (
          <ShotWords name={name} shotKey={row.key} shot={row.shot} edit={edit} onChange={choices.change} />
        )}
      </div>
      <div className="review-shot-end">
        {takes}
        <IconButton name={`Leave out: ${name}`} size="small" onClick={() => choices.change(row.key, { removed: true })}>
          <Trash2 className="small" />
        </IconButton>
      </div>
    </li>
  );
}

function GoneShot({ shot, takes }: { shot: Shot; takes: ReactNode }) {
  return (
    <li className="review-shot" data-gone="true">
      <span className="cut dim">
        <b className="num">{shot.number}</b> <del>{cardText(shot) || "Empty shot"}</del>
      </span>
      <div className="review-shot-end">{takes}</div>
    </li>
  );
}

const typeOptions = shotTypes.map((id) => ({ id, name: shotTypeNames[id] }));

interface EditProps {
  name: string;
  shotKey: string;
  shot: ProposedShot;
  edit: ShotEdit | undefined;
  onChange(key: string, patch: ShotEdit): void;
}

const ShotFacts = memo(function ShotFacts({
  name,
  shotKey,
  shot,
  edit,
  fps,
  onChange,
}: EditProps & { fps: FrameRate }) {
  const shown = { ...shot, ...edit };
  return (
    <div className="review-shot-facts">
      <Select
        label={`${name}: shot type`}
        options={typeOptions}
        value={shown.type}
        onChange={(type) => onChange(shotKey, { type })}
      />
      <LengthInputs
        frames={shown.durationFrames}
        fps={fps}
        label={`${name}: length`}
        onCommit={(durationFrames) => onChange(shotKey, { durationFrames })}
      />
    </div>
  );
});

const ShotWords = memo(function ShotWords({ name, shotKey, shot, edit, onChange }: EditProps) {
  const shown = { ...shot, ...edit };
  return (
    <>
      <textarea
        className="ui-input"
        aria-label={`${name}: action`}
        rows={shown.action.length > 90 ? 2 : 1}
        value={shown.action}
        maxLength={10_000}
        placeholder="What is seen"
        onChange={(event) => onChange(shotKey, { action: event.target.value })}
      />
      {shown.dialogue.map((line, index) => (
        <p key={index} className="dim">
          <CornerDownRight className="small" aria-hidden="true" />
          <span>
            <b>{nameWords(line.character)}</b> {line.parenthetical ? `(${line.parenthetical}) ` : ""}“{line.text}”
          </span>
        </p>
      ))}
      {shown.characters.length > 0 ? (
        <p className="faint small">In the picture: {shown.characters.map(nameWords).join(", ")}</p>
      ) : null}
    </>
  );
});
