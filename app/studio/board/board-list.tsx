import { useVirtualizer } from "@tanstack/react-virtual";
import {
  memo,
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import { changeShot } from "#domain/film/edit.ts";
import type { Scene } from "#domain/film/scene.ts";
import { cameraMoves, shotTypeNames, shotTypes, type Shot, type ShotRecord } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { framesToSeconds, type FrameRate } from "#domain/time.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { lanesOf, selectionAfterClick } from "./arrangement.ts";
import { readLength } from "./length-field.ts";
import { readLens } from "./lens.ts";
import { rowsOf } from "./rows.ts";
import { CardState } from "./shot-card.tsx";
import { ShotPicture } from "./shot-picture.tsx";
import { moveNames, sceneColor, sceneFacts, sceneName, secondsWords } from "./shot-words.ts";
import { useShotWork } from "./use-shot-work.ts";
import "./board-list.css";

type Patch = Partial<Omit<ShotRecord, "id">>;

/** The board as a table: every shot a line, its cells written in place. */
export function BoardList({
  scenes,
  shots,
  fps,
  selectedIds,
}: {
  scenes: readonly Scene[];
  shots: readonly Shot[];
  fps: FrameRate;
  selectedIds: readonly Id[];
}) {
  const { doc, edit, mayEdit } = useSession();
  const { selectShots } = useSelection();
  const [, show] = useView();
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(shots.map((shot) => [shot.id, shot])), [shots]);
  const sceneById = useMemo(() => new Map(scenes.map((scene) => [scene.id, scene])), [scenes]);
  const rows = useMemo(() => rowsOf(lanesOf(scenes, shots), 1), [scenes, shots]);
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtual = useVirtualizer({
    count: rows.list.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows.list[index]?.kind === "cards" ? 50 : 36),
    getItemKey: (index) => rows.list[index]?.key ?? index,
    overscan: 6,
    paddingEnd: 24,
    useFlushSync: false,
  });
  const [first] = selectedIds;
  useEffect(() => {
    const row = rows.at.get(first ?? "");
    if (row !== undefined) virtual.scrollToIndex(row, { align: "auto" });
    // Once: where the other view left off.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const onClick = (event: MouseEvent) => {
    const id = (event.target as Element).closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"];
    if (id === undefined || (event.target as Element).closest("input, select, textarea")) return;
    const keys = { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey };
    selectShots(selectionAfterClick([...byId.keys()], selectedIds, id, keys));
  };
  return (
    <div
      ref={scroller}
      className="board-list"
      role="table"
      aria-label="Shots"
      aria-rowcount={shots.length + 1}
      onClick={onClick}
      onDoubleClick={(event) => {
        const id = (event.target as Element).closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"];
        if (id === undefined || (event.target as Element).closest("input, select, textarea")) return;
        selectShots([id]);
        show("shots");
      }}
    >
      <div className="board-line board-list-head" role="row">
        {["Shot", "", "Type", "Move", "Lens, mm", "Length, s", "What is seen and said", "State"].map((name, at) => (
          <span key={at} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      <div className="board-rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows.list[item.index];
          const scene = row && "sceneId" in row ? sceneById.get(row.sceneId) : undefined;
          const only = row?.kind === "cards" ? row.items[0] : undefined;
          const shot = only?.kind === "shot" ? byId.get(only.id) : undefined;
          return (
            <div
              key={item.key}
              className="board-row"
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
            >
              {shot && scene ? (
                <ListLine
                  shot={shot}
                  scene={scene}
                  fps={fps}
                  selected={selected.has(shot.id)}
                  mayEdit={mayEdit}
                  onChange={(patch) => changeShot(doc, shot.id, patch, edit)}
                />
              ) : scene && row?.kind === "scene" ? (
                <ListSceneHead scene={scene} />
              ) : (
                <p className="board-list-none faint">No shots in this scene.</p>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function ListSceneHead({ scene }: { scene: Scene }) {
  return (
    <header
      className="board-scene-head board-list-scene"
      role="row"
      style={{ "--k": sceneColor(scene.number) } as CSSProperties}
    >
      <i aria-hidden="true" />
      <h3 className="cut" role="cell" title={scene.heading}>
        {scene.number}&ensp;{sceneName(scene)}
      </h3>
      <span className="faint small">{sceneFacts(scene)}</span>
    </header>
  );
}

const ListLine = memo(
  function ListLine({
    shot,
    scene,
    fps,
    selected,
    mayEdit,
    onChange,
  }: {
    shot: Shot;
    scene: Scene;
    fps: FrameRate;
    selected: boolean;
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
        aria-selected={selected}
        aria-label={`Shot ${shot.number}`}
        data-shot-id={shot.id}
        data-selected={selected}
      >
        <b role="cell">{shot.number}</b>
        <span role="cell" className="board-line-picture">
          <ShotPicture shot={shot} scene={scene} picture={picture} />
        </span>
        <span role="cell">
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
        <span role="cell">
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
        <Cell
          label={`Lens of shot ${shot.number}, millimetres`}
          value={shot.lens === undefined ? "" : String(shot.lens)}
          placeholder="–"
          disabled={!mayEdit}
          read={(text) => {
            const read = readLens(text);
            return read === "wrong" ? "A lens is 8 to 400 mm." : () => onChange({ lens: read.lens });
          }}
        />
        <Cell
          label={`Length of shot ${shot.number}, seconds`}
          value={String(seconds)}
          title={secondsWords(shot.durationFrames, fps)}
          disabled={!mayEdit}
          read={(text) => {
            const read = readLength(text, "seconds", fps);
            return read.problem ?? (() => onChange({ durationFrames: read.frames }));
          }}
        />
        <span role="cell" className="board-line-text">
          <Cell
            label={`Action of shot ${shot.number}`}
            value={shot.action}
            placeholder="What is seen"
            disabled={!mayEdit}
            read={(text) => () => onChange({ action: text.slice(0, 10_000) })}
          />
          {said === "" ? null : (
            <span className="faint cut" title={said} dir="auto">
              {said}
            </span>
          )}
        </span>
        <span role="cell" className="board-line-state">
          <CardState state={state} />
        </span>
      </div>
    );
  },
  // The way back to the document is the same whatever was drawn.
  (a, b) =>
    a.shot === b.shot && a.scene === b.scene && a.fps === b.fps && a.selected === b.selected && a.mayEdit === b.mayEdit,
);

/**
 * One cell, written in place: Enter or leaving it keeps what is there, Escape does not.
 * @param read  answers what keeps it, or a sentence about what is wrong
 */
function Cell({
  label,
  value,
  title,
  placeholder,
  disabled,
  read,
}: {
  label: string;
  value: string;
  title?: string;
  placeholder?: string;
  disabled: boolean;
  read(text: string): string | (() => void);
}) {
  const [draft, setDraft] = useState<string | null>(null);
  useEffect(() => setDraft(null), [value]);
  const answer = draft === null || draft === value ? null : read(draft);
  const leave = () => {
    setDraft(null);
    if (typeof answer === "function") answer();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (enterPressed(event)) event.currentTarget.blur();
    if (event.key === "Escape") setDraft(null);
  };
  return (
    <input
      className="board-cell"
      aria-label={label}
      aria-invalid={typeof answer === "string" ? true : undefined}
      title={typeof answer === "string" ? answer : (title ?? value)}
      placeholder={placeholder}
      dir="auto"
      disabled={disabled}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
}
