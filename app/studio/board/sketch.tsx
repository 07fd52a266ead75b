/** A pencil sketch of a shot that has no picture yet: its framing, its place and its hour at a glance. */
import { memo, type ReactNode } from "react";
import type { SceneSetting } from "#domain/film/scene.ts";
import type { CameraMove, ShotType } from "#domain/film/shot.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import "./sketch.css";

export interface SketchProps {
  id: string;
  /** Shots of one scene have the same place behind them. */
  sceneId: string;
  type: ShotType;
  move: CameraMove;
  setting: SceneSetting;
  time: string;
  /** How many people are in the picture. */
  people: number;
}

export const Sketch = memo(function Sketch({ id, sceneId, type, move, setting, time, people }: SketchProps) {
  const seed = hashText(id);
  const place = hashText(sceneId);
  const night = /night|midnight/i.test(time);
  const low = /dawn|sunrise|sunset|dusk|morning|evening/i.test(time);
  const inside = setting === "int";
  const close = type === "close_up" || type === "extreme_close_up" || type === "insert";
  return (
    <svg
      className="sketch"
      viewBox="0 0 320 180"
      preserveAspectRatio="xMidYMid slice"
      data-night={night}
      aria-hidden="true"
    >
      <g className="sketch-back">
        {close ? (
          <Blur />
        ) : inside ? (
          <Room seed={place} />
        ) : (
          <Outdoors seed={place} night={night} low={low} far={type === "establishing"} />
        )}
      </g>
      {/* Drawn twice, a little apart: a pencil goes over its line again. */}
      <g className="sketch-again" transform="translate(1.6 -1.1)">
        <Subject type={type} people={people} seed={seed} />
      </g>
      <g className="sketch-line">
        <Subject type={type} people={people} seed={seed} />
      </g>
      <MoveArrow move={move} />
    </svg>
  );
});

function Subject({ type, people, seed }: { type: ShotType; people: number; seed: number }): ReactNode {
  const side = seed % 2 === 0 ? 1 : -1;
  switch (type) {
    case "establishing":
      return people > 0 ? <Standing x={160 + side * 44} y={146} size={0.34} /> : null;
    case "wide":
      return people > 0
        ? Array.from({ length: Math.min(people, 3) }, (_, index) => (
            <Standing key={index} x={160 + side * (22 - index * 46)} y={154} size={0.62} />
          ))
        : null;
    case "tracking":
      return (
        <>
          <Running x={160 - side * 8} side={side} />
          {[58, 78, 98, 120].map((y, index) => (
            <path key={y} d={`M${160 - side * (70 + index * 5)} ${y}h${-side * (46 - index * 6)}`} />
          ))}
        </>
      );
    case "close_up":
      return people === 0 ? <Thing /> : <Bust x={160 + side * 18} y={88} size={2.1} />;
    case "extreme_close_up":
      return (
        <>
          <path d="M62 92c18-22 52-22 70 0c-18 18-52 18-70 0Z" />
          <circle cx="97" cy="90" r="11" />
          <path d="M188 92c18-22 52-22 70 0c-18 18-52 18-70 0Z" />
          <circle cx="223" cy="90" r="11" />
          <path d="M58 62c22-16 54-18 78-6M184 56c24-12 56-10 78 6M160 96c-4 20-10 34-12 44c8 6 16 6 22 2" />
        </>
      );
    case "insert":
      return <Thing />;
    case "two_shot":
      return (
        <>
          <Bust x={104} y={88} size={1.35} />
          <Bust x={216} y={92} size={1.35} />
        </>
      );
    case "over_shoulder":
      return (
        <>
          <Bust x={160 + side * 34} y={82} size={1.3} />
          <path
            className="sketch-dark"
            d={
              side > 0
                ? "M0 180v-52c14-10 26-14 38-16c-16-16-18-50 8-62c30-12 56 12 48 44c-2 10-6 16-10 20c22 8 40 26 46 66Z"
                : "M320 180v-52c-14-10-26-14-38-16c16-16 18-50-8-62c-30-12-56 12-48 44c2 10 6 16 10 20c-22 8-40 26-46 66Z"
            }
          />
        </>
      );
    case "pov":
      return (
        <>
          <path d="M28 52v-20h24M268 32h24v20M292 128v20h-24M52 148h-24v-20" />
          <path d="M160 80v22M149 91h22" />
        </>
      );
    case "medium":
      return people === 0 ? (
        <path d="M96 126c18-30 110-30 128 0M84 126h152M118 126v16M202 126v16" />
      ) : (
        <Bust x={160 + side * 22} y={76} size={1.45} arms />
      );
  }
}

/** Some small thing, close, on something. */
function Thing() {
  return (
    <>
      <path d="M34 146c60-12 190-14 252-4" />
      <path className="sketch-body" d="M112 62l72-14 30 22v52l-74 18-28-24Z" />
      <path d="M112 62l30 24 72-16M142 86v54" />
    </>
  );
}

/** Head and shoulders; `size` 1 has a head of 40 units. */
function Bust({ x, y, size, arms = false }: { x: number; y: number; size: number; arms?: boolean }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`} strokeWidth={2 / size}>
      <path
        className="sketch-body"
        d={
          arms
            ? "M-7 16c-2 8-10 11-20 15c-10 4-14 16-16 50h86c-2-34-6-46-16-50c-10-4-18-7-20-15"
            : "M-7 16c-2 9-12 13-24 17c-10 4-15 12-18 44h98c-3-32-8-40-18-44c-12-4-22-8-24-17"
        }
      />
      <path className="sketch-body" d="M0-24c12 0 17 9 16 21c-1 12-8 21-16 21s-15-9-16-21c-1-12 4-21 16-21Z" />
      <path d="M-16-6c2-16 30-16 32 0" />
    </g>
  );
}

/** A whole figure whose feet are at (x, y); `size` 1 is 116 units tall. */
function Standing({ x, y, size }: { x: number; y: number; size: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`} strokeWidth={2 / size}>
      <ellipse cx="4" cy="1" rx="26" ry="4" />
      <path
        className="sketch-body"
        d="M-10-84c-10 2-14 8-15 20l-3 26l8 3l4-22l-2 24l-4 33h9l9-34l9 34h9l-4-33l-2-24l4 22l8-3l-3-26c-1-12-5-18-15-20Z"
      />
      <circle className="sketch-body" cx="0" cy="-98" r="13" />
    </g>
  );
}

function Running({ x, side }: { x: number; side: number }) {
  return (
    <g transform={`translate(${x} 152) scale(${side * 0.98} 0.98)`}>
      <path
        className="sketch-body"
        d="M2-92c-12 2-20 14-24 34l-18 8l3 8l24-8l7-14l2 24l-30 20l-4 28h10l5-22l34-16l12 18l18 24l9-5l-14-24l-12-22l4-24l14 12l18-10l-4-8l-14 6l-14-20c-6-8-14-11-26-9Z"
      />
      <circle className="sketch-body" cx="16" cy="-108" r="13" />
    </g>
  );
}

function Outdoors({ seed, night, low, far }: { seed: number; night: boolean; low: boolean; far: boolean }) {
  const horizon = far ? 112 : 104 + (seed % 3) * 6;
  const moon = 60 + (seed % 5) * 44;
  const hills = seed % 3;
  return (
    <>
      <rect className="sketch-ground" x="0" y={horizon} width="320" height={180 - horizon} />
      {night || low ? (
        <circle className="sketch-light" cx={moon} cy={low ? horizon - 6 : 40} r={low ? 22 : 13} />
      ) : null}
      {hills === 0 ? <path d={`M0 ${horizon}c40-34 66-40 92-18s52 8 78-14s60-10 84 12s44 18 66 20`} /> : null}
      {hills === 1 ? (
        <path
          d={`M18 ${horizon}v-38h30v38M58 ${horizon}v-56h24v56M96 ${horizon}v-28h40v28M198 ${horizon}v-46h26v46M236 ${horizon}v-30h44v30M288 ${horizon}v-52h24v52`}
        />
      ) : null}
      {hills === 2 ? (
        <path
          d={`M0 ${horizon + 16}c20-6 30-6 50 0s30 6 50 0 30-6 50 0 30 6 50 0 30-6 50 0 30 6 70 0M0 ${horizon + 36}c24-6 36-6 60 0s36 6 60 0 36-6 60 0 36 6 60 0 36-6 80 0`}
        />
      ) : null}
      <path className="sketch-horizon" d={`M0 ${horizon}h320`} />
    </>
  );
}

function Room({ seed }: { seed: number }) {
  const left = 62 + (seed % 4) * 8;
  return (
    <>
      <path className="sketch-ground" d={`M0 180L${left} 132H${left + 190}L320 180Z`} />
      <path d={`M0 0l${left} 34h190L320 0M${left} 34v98M${left + 190} 34v98`} />
      <path d={`M0 180L${left} 132H${left + 190}L320 180`} />
      {seed % 2 === 0 ? (
        <path className="sketch-light" d={`M${left + 64} 54h62v44h-62ZM${left + 95} 54v44M${left + 64} 76h62`} />
      ) : (
        <path d={`M${left + 72} 132V64h44v68M${left + 108} 98h2`} />
      )}
    </>
  );
}

/** Behind a close picture there is only light and dark. */
function Blur() {
  return (
    <>
      <circle className="sketch-soft" cx="54" cy="52" r="34" />
      <circle className="sketch-soft" cx="272" cy="40" r="22" />
      <circle className="sketch-soft" cx="252" cy="132" r="40" />
    </>
  );
}

const arrows: Partial<Record<CameraMove, string>> = {
  pan: "M118 164h84m-10-7l10 7l-10 7",
  tilt: "M300 118V62m-7 10l7-10l7 10",
  push_in: "M16 14l30 18m-12 0h12v-11M304 14l-30 18m12 0h-12v-11",
  pull_out: "M46 32L16 14m12 0H16v11M274 32l30-18m-12 0h12v11",
  tracking: "M96 166h128m-10-7l10 7l-10 7",
  crane: "M300 128c10-26 6-46-14-60m14 4l-14-4l2 14",
  orbit: "M110 160c28 14 72 14 100 0m-13-1l13 1l-5 12",
};

function MoveArrow({ move }: { move: CameraMove }) {
  const path = arrows[move];
  return path ? <path className="sketch-move" d={path} /> : null;
}
