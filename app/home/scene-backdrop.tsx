import { memo } from "react";
import type { SceneLook } from "#domain/generation/scene-look.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { BackdropSet, glowId, neon } from "./backdrop-set.tsx";
import { tonesOf } from "./backdrop-tones.ts";
import "./scene-backdrop.css";

type Props = { look: SceneLook; set: number; cast: number };

/** Every answer brings a look of its own that says the same. */
const drawsTheSame = (one: Props, other: Props) =>
  one.set === other.set &&
  one.cast === other.cast &&
  (Object.keys(one.look) as (keyof SceneLook)[]).every((key) => one.look[key] === other.look[key]);

/**
 * A drawing of the scene as its sentence says it: sky and weather at once, the set and its people as they are made.
 * @param made  how much of the set and of the people is made, 0 to 1 each
 */
export const SceneBackdrop = memo(function SceneBackdrop({ look, set, cast }: Props) {
  const tones = tonesOf(look);
  const random = seededRandom(look.seed);
  const shown = Math.min(3, look.people);
  const [sunX, sunY] = [
    980 + Math.round(random() * 300),
    look.hour === "night" ? 170 : look.hour === "day" ? 150 : 500,
  ];
  return (
    <svg className="scene-backdrop" viewBox="0 0 1600 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <defs>
        <linearGradient id="scene-sky" x2="0" y2="1">
          <stop offset="0" stopColor={tones.top} />
          <stop offset="0.64" stopColor={tones.horizon} />
          <stop offset="1" stopColor={tones.ground} />
        </linearGradient>
        <radialGradient id="scene-glow">
          <stop offset="0" stopColor={tones.light} stopOpacity="0.8" />
          <stop offset="0.12" stopColor={tones.light} stopOpacity="0.34" />
          <stop offset="1" stopColor={tones.light} stopOpacity="0" />
        </radialGradient>
        <linearGradient id="scene-beam" x1="1" x2="0">
          <stop offset="0" stopColor={tones.light} stopOpacity="0.5" />
          <stop offset="1" stopColor={tones.light} stopOpacity="0" />
        </linearGradient>
        {neon.map((colour) => (
          <radialGradient key={colour} id={glowId(colour)}>
            <stop offset="0" stopColor={colour} stopOpacity="0.5" />
            <stop offset="0.4" stopColor={colour} stopOpacity="0.14" />
            <stop offset="1" stopColor={colour} stopOpacity="0" />
          </radialGradient>
        ))}
      </defs>
      <rect width="1600" height="900" fill="url(#scene-sky)" />
      {look.interior || look.weather === "storm" ? null : (
        <circle className="scene-backdrop-drift" cx={sunX} cy={sunY} r="420" fill="url(#scene-glow)" />
      )}
      <g style={{ opacity: 0.34 + 0.66 * set }}>
        <BackdropSet look={look} tones={tones} />
      </g>
      <g style={{ opacity: cast }}>
        {Array.from({ length: shown }, (_, index) => (
          <Figure key={index} x={940 + index * 120 - (shown - 1) * 40} size={1.5 - index * 0.12} light={tones.light} />
        ))}
      </g>
      {look.interior ? null : <Weather look={look} />}
    </svg>
  );
}, drawsTheSame);

/** A whole figure whose feet are at (x, 690), with the light on one side; `size` 1 is 172 units tall. */
function Figure({ x, size, light }: { x: number; size: number; light: string }) {
  return (
    <g transform={`translate(${x} 690) scale(${size})`}>
      <ellipse cx="8" cy="2" rx="46" ry="6" fill="#000" opacity="0.4" />
      <path
        d="M-9-142c-13 3-19 14-21 31l-5 50 10 3 7-40 1 38-5 60h14l7-56 7 56h14l-5-60 1-38 7 40 10-3-5-50c-2-17-8-28-21-31Z"
        fill="#07090d"
      />
      <ellipse cy="-158" rx="12.5" ry="15" fill="#07090d" />
      <path
        d="M4-172c7 2 10 9 8 18M9-142c13 3 19 14 21 31l5 50M12-58l6 58"
        stroke={light}
        strokeWidth="2.2"
        strokeLinecap="round"
        fill="none"
        opacity="0.55"
      />
    </g>
  );
}

function Weather({ look }: { look: SceneLook }) {
  const random = seededRandom(look.seed + 1);
  if (look.weather === "fog")
    return (
      <g className="scene-backdrop-drift" fill="#b9c2c9">
        <ellipse cx="500" cy="600" rx="900" ry="90" opacity="0.16" />
        <ellipse cx="1200" cy="690" rx="900" ry="110" opacity="0.18" />
      </g>
    );
  if (look.weather === "clear") return null;
  const snow = look.weather === "snow";
  const drops = Array.from({ length: snow ? 120 : 150 }, () => ({
    x: Math.round(random() * 1900 - 150),
    y: Math.round(random() * 900),
    long: Math.round(26 + random() * 50),
  }));
  return (
    <g className={snow ? "scene-backdrop-snow" : "scene-backdrop-rain"} stroke="#dbe6f0" fill="#eef3f8" opacity="0.34">
      {[0, 900].map((down) =>
        drops.map(({ x, y, long }, index) =>
          snow ? (
            <circle key={`${down} ${index}`} cx={x - down / 4} cy={y + down} r={1.4 + (long % 5) / 2} stroke="none" />
          ) : (
            <path key={`${down} ${index}`} d={`M${x - down / 4} ${y + down}l${-long / 4} ${long}`} />
          ),
        ),
      )}
    </g>
  );
}
