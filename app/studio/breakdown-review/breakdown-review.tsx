import { CornerDownRight, Trash2, Undo2 } from "lucide-react";
import { memo, useMemo, useState } from "react";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { shotTypeNames, shotTypes } from "#domain/film/shot.ts";
import type { ProposedScene, ProposedShot } from "#domain/screenplay/breakdown.ts";
import { minutesAndSeconds, type FrameRate } from "#domain/time.ts";
import { LengthInputs } from "#app/studio/board/length-inputs.tsx";
import { nameWords, sceneColor, sceneFacts, sceneName } from "#app/studio/board/shot-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/select.tsx";
import { toast } from "#app/ui/toast.tsx";
import { keysOf, summaryWords, withEdits, type ReviewEdits, type ShotEdit } from "./review-edits.ts";
import type { LiveProposal } from "./use-proposal.ts";
import "./breakdown-review.css";

const parserNames = { rules: "Read by rules", llm: "Read by a language model" } as const;
const modeNames = { screenplay: "as a screenplay", numbered: "as a numbered list", freeform: "as prose" } as const;

export interface BreakdownReviewProps {
  live: LiveProposal;
  onClose(): void;
}

/** What the parser understood, to be looked at and corrected before anything comes to the board. */
export function BreakdownReview({ live, onClose }: BreakdownReviewProps) {
  const { doc, edit } = useSession();
  const fps = useFilm((film) => film.meta.fps);
  const [edits, setEdits] = useState<ReviewEdits>({});
  const { breakdown, proposal } = live;
  const keys = useMemo(() => keysOf(proposal.scenes), [proposal.scenes]);
  const change = (key: string, patch: ShotEdit) =>
    setEdits((before) => ({ ...before, [key]: { ...before[key], ...patch } }));
  const result = useMemo(() => withEdits(proposal.scenes, edits), [proposal.scenes, edits]);
  const shots = result.flatMap((scene) => scene.shots);
  const length = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);

  const commit = () => {
    commitBreakdown(doc, result, edit);
    toast.done(`${count(shots.length, "shot")} in ${count(result.length, "scene")} on the board.`);
    onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="From script to shots"
      description="What was understood of the script. Change what is wrong, then put it on the board."
      width={880}
      foot={
        <>
          <span className="review-foot dim">
            {parserNames[breakdown.parser]} {modeNames[breakdown.mode]}. Nothing on the board is deleted.
          </span>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" onClick={commit} disabled={shots.length === 0}>
            Put {count(shots.length, "shot")} on the board
          </Button>
        </>
      }
    >
      <p className="review-sum">
        <b>{summaryWords(proposal.summary)}</b>
        <span className="faint num">
          {count(result.length, "scene")}, {minutesAndSeconds(length, fps)}
        </span>
      </p>
      <ol className="review-scenes">
        {proposal.scenes.map((scene, at) => (
          <ReviewScene
            key={scene.id ?? at}
            scene={scene}
            number={at + 1}
            fps={fps}
            keys={keys[at] ?? []}
            edits={edits}
            onChange={change}
          />
        ))}
      </ol>
      {proposal.gone.length > 0 ? (
        <section className="review-gone">
          <h3>Set aside, with their takes</h3>
          <ul>
            {proposal.gone.map((shot) => (
              <li key={shot.id} className="dim cut">
                <b>{shot.number}</b> {shot.action || shot.dialogue[0]?.text}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Dialog>
  );
}

function ReviewScene({
  scene,
  number,
  fps,
  keys,
  edits,
  onChange,
}: {
  scene: ProposedScene;
  number: number;
  fps: FrameRate;
  keys: readonly string[];
  edits: ReviewEdits;
  onChange(key: string, patch: ShotEdit): void;
}) {
  const facts = sceneFacts(scene);
  return (
    <li className="review-scene" style={{ ["--k" as string]: sceneColor(number) }}>
      <header>
        <i aria-hidden="true" />
        <h3 className="cut">
          {number}&ensp;{sceneName({ ...scene, number })}
        </h3>
        {facts ? <span className="faint small">{facts}</span> : null}
        <code className="faint cut">{scene.heading}</code>
      </header>
      <ol>
        {scene.shots.map((shot, index) => {
          const key = keys[index] ?? String(index);
          return (
            <ReviewShot
              key={key}
              shotKey={key}
              name={`Shot ${index + 1} of scene ${number}`}
              shot={shot}
              fps={fps}
              edit={edits[key]}
              onChange={onChange}
            />
          );
        })}
      </ol>
    </li>
  );
}

const typeOptions = shotTypes.map((id) => ({ id, name: shotTypeNames[id] }));

const ReviewShot = memo(function ReviewShot({
  shotKey,
  name,
  shot,
  fps,
  edit,
  onChange,
}: {
  shotKey: string;
  name: string;
  shot: ProposedShot;
  fps: FrameRate;
  edit: ShotEdit | undefined;
  onChange(key: string, patch: ShotEdit): void;
}) {
  const shown = { ...shot, ...edit };
  if (edit?.removed)
    return (
      <li className="review-shot" data-removed="true">
        <span className="cut dim">{shot.action || shot.dialogue[0]?.text || "Empty shot"}</span>
        <Button size="small" look="quiet" onClick={() => onChange(shotKey, { removed: false })}>
          <Undo2 className="small" /> Keep it
        </Button>
      </li>
    );
  return (
    <li className="review-shot">
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
      <div className="review-shot-words">
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
      </div>
      <div className="review-shot-end">
        {shot.id === undefined ? <span className="review-new">New</span> : null}
        <IconButton name={`Leave out: ${name}`} size="small" onClick={() => onChange(shotKey, { removed: true })}>
          <Trash2 className="small" />
        </IconButton>
      </div>
    </li>
  );
});

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
