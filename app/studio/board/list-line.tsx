import { memo } from "react";
import type { Scene } from "#domain/film/scene.ts";
import { cameraMoves, shotTypeNames, shotTypes, type Shot, type ShotRecord } from "#domain/film/shot.ts";
import { framesToSeconds, timecode, type FrameRate } from "#domain/time.ts";
import { readLength } from "./length-field.ts";
import { readLens } from "./lens.ts";
import { ListCell } from "./list-cell.tsx";
import { CardState } from "./shot-card.tsx";
import { ShotPicture } from "./shot-picture.tsx";
import { moveNames } from "./shot-words.ts";
import { useShotWork } from "./use-shot-work.ts";

type Patch = Partial<Omit<ShotRecord, "id">>;

export const listColumns = ["Shot", "", "Type", "Move", "Lens, mm", "Length, s", "What is seen and said", "State"];

/** A shot as a line of the list. What pointer and keys do with the line is the list's business. */
export const ListLine = memo(
  function ListLine({
    shot,
    scene,
    fps,
    selected,
    reachable,
    rowIndex,
    mayEdit,
    onChange,
  }: {
    shot: Shot;
    scene: Scene;
    fps: FrameRate;
    selected: boolean;
    /** The one line that Tab comes to. */
    reachable: boolean;
    /** From 1; the heads of the columns are the first. */
    rowIndex: number;
    mayEdit: boolean;
    onChange(patch: Patch): void;
  }) {
    const { state, picture } = useShotWork(shot.id);
    const said = shot.dialogue.map((line) => `“${line.text}”`).join(" ");
    const seconds = Number(framesToSeconds(shot.durationFrames, fps).toFixed(2));
    return (
      <div
        className="board-line"
        role="row"
        tabIndex={reachable ? 0 : -1}
        aria-rowindex={rowIndex}
        aria-selected={selected}
        aria-label={`Shot ${shot.number}`}
        data-shot-id={shot.id}
        data-selected={selected}
      >
        <b role="gridcell">{shot.number}</b>
        <span role="gridcell" className="board-line-picture">
          <ShotPicture shot={shot} scene={scene} picture={picture} />
        </span>
        <span role="gridcell">
          <select
            aria-label={`Type of shot ${shot.number}`}
            disabled={!mayEdit}
            value={shot.type}
            onChange={(event) => onChange({ type: event.target.value as Shot["type"] })}
          >
            {shotTypes.map((type) => (
              <option key={type} value={type}>
                {shotTypeNames[type]}
              </option>
            ))}
          </select>
        </span>
        <span role="gridcell">
          <select
            aria-label={`Move of shot ${shot.number}`}
            disabled={!mayEdit}
            value={shot.move}
            onChange={(event) => onChange({ move: event.target.value as Shot["move"] })}
          >
            {cameraMoves.map((move) => (
              <option key={move} value={move}>
                {moveNames[move]}
              </option>
            ))}
          </select>
        </span>
        <span role="gridcell">
          <ListCell
            label={`Lens of shot ${shot.number}, millimetres`}
            value={shot.lens === undefined ? "" : String(shot.lens)}
            placeholder="–"
            disabled={!mayEdit}
            read={(text) => {
              const read = readLens(text);
              return read === "wrong" ? "A lens is 8 to 400 mm." : () => onChange({ lens: read.lens });
            }}
          />
        </span>
        <span role="gridcell">
          <ListCell
            label={`Length of shot ${shot.number}, seconds`}
            value={String(seconds)}
            title={timecode(shot.durationFrames, fps)}
            disabled={!mayEdit}
            read={(text) => {
              const read = readLength(text, "seconds", fps);
              return read.problem ?? (() => onChange({ durationFrames: read.frames }));
            }}
          />
        </span>
        <span role="gridcell" className="board-line-text">
          <ListCell
            label={`Action of shot ${shot.number}`}
            value={shot.action}
            placeholder="What is seen"
            disabled={!mayEdit}
            isText
            read={(text) => () => onChange({ action: text.slice(0, 10_000) })}
          />
          {said === "" ? null : (
            <span className="faint cut" title={said} dir="auto">
              {said}
            </span>
          )}
        </span>
        <span role="gridcell" className="board-line-state">
          <CardState state={state} />
        </span>
      </div>
    );
  },
  // The way back to the document is the same whatever was drawn.
  (a, b) =>
    a.shot === b.shot &&
    a.scene === b.scene &&
    a.fps === b.fps &&
    a.selected === b.selected &&
    a.reachable === b.reachable &&
    a.rowIndex === b.rowIndex &&
    a.mayEdit === b.mayEdit,
);
