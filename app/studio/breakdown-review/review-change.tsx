/** One change: whether it is taken, and what it changes, word by word. */
import { Check } from "lucide-react";
import type { DialogueLine } from "#domain/film/shot.ts";
import { conflictId } from "#domain/screenplay/reparse/choices.ts";
import type { FieldChange } from "#domain/screenplay/reparse/merge.ts";
import type { Change } from "#domain/screenplay/reparse/proposal.ts";
import { diffWords } from "#domain/screenplay/reparse/word-diff.ts";
import type { FrameRate } from "#domain/time.ts";
import { nameWords } from "#app/studio/board/shot-words.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { SegmentedControl } from "#app/ui/segmented-control.tsx";
import { fieldNames, valueWords } from "./review-words.ts";
import type { Choosing } from "./use-choices.ts";

/** Taken or not now. */
export function Take({
  change,
  word,
  about,
  isTaken,
  onAnswer,
}: {
  change: Change;
  word: string;
  /** What it is about, for who does not see it. */
  about: string;
  isTaken: boolean;
  onAnswer(changeId: string, takes: boolean): void;
}) {
  return (
    <label className="review-take" data-kind={change.kind} data-taken={isTaken}>
      <span>{isTaken ? word : `${word}, not now`}</span>
      <input
        type="checkbox"
        aria-label={`Take: ${word.toLowerCase()}, ${about}`}
        checked={isTaken}
        onChange={(event) => onAnswer(change.id, event.target.checked)}
      />
      <i aria-hidden="true">
        <Check className="small" />
      </i>
    </label>
  );
}

/** Before and after of everything that this change writes. */
export function Fields({
  change,
  choices,
}: {
  change: Extract<Change, { fields: FieldChange[] }>;
  choices: Pick<Choosing, "accepted" | "mine" | "keepMine">;
}) {
  const fps = useFilm((film) => film.meta.fps);
  const textOf = (value: unknown) => fieldText(value, fps);
  return (
    <dl className="review-fields" data-taken={choices.accepted.has(change.id)}>
      {change.fields.map((field) => (
        <div key={field.field}>
          <dt>{fieldNames[field.field] ?? field.field}</dt>
          <dd>
            {"mine" in field ? (
              <Conflict
                field={field}
                textOf={textOf}
                keepsMine={choices.mine.has(conflictId(change.id, field.field))}
                onKeep={(keeps) => choices.keepMine(change.id, field.field, keeps)}
              />
            ) : (
              <Difference before={textOf(field.before)} after={textOf(field.after)} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Conflict({
  field,
  textOf,
  keepsMine,
  onKeep,
}: {
  field: FieldChange;
  textOf(value: unknown): string;
  keepsMine: boolean;
  onKeep(keeps: boolean): void;
}) {
  return (
    <div className="review-conflict">
      <p data-kept={!keepsMine}>
        <span>Script</span>
        <Difference before={textOf(field.before)} after={textOf(field.after)} />
      </p>
      <p data-kept={keepsMine}>
        <span>Board</span>
        <Difference before={textOf(field.before)} after={textOf(field.mine)} />
      </p>
      <SegmentedControl
        label={`Which ${(fieldNames[field.field] ?? field.field).toLowerCase()} to keep`}
        segments={[
          { id: "script", name: "Keep the script’s" },
          { id: "board", name: "Keep the board’s" },
        ]}
        value={keepsMine ? "board" : "script"}
        onChange={(kept) => onKeep(kept === "board")}
      />
    </div>
  );
}

function Difference({ before, after }: { before: string; after: string }) {
  return (
    <span className="review-words">
      {diffWords(before, after).map(({ kind, text }, index) =>
        kind === "same" ? (
          <span key={index}>{text}</span>
        ) : kind === "gone" ? (
          <del key={index}>{text}</del>
        ) : (
          <ins key={index}>{text}</ins>
        ),
      )}
    </span>
  );
}

function fieldText(value: unknown, fps: FrameRate): string {
  if (!Array.isArray(value)) return valueWords(value, fps);
  return (value as (string | DialogueLine)[])
    .map((item) =>
      typeof item === "string"
        ? nameWords(item)
        : `${nameWords(item.character)}: ${item.parenthetical ? `(${item.parenthetical}) ` : ""}${item.text}`,
    )
    .join(value.every((item) => typeof item === "string") ? ", " : "\n");
}
