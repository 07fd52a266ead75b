import type { ReactNode } from "react";
import type { SceneLook } from "#domain/generation/scene-look.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import type { Tones } from "./backdrop-tones.ts";
import { ridge } from "./ridge.ts";

/** What places look alike from afar. */
type Family = "alley" | "town" | "sea" | "wood" | "hills" | "room" | "hall";

const families: Record<SceneLook["place"], Family> = {
  ...{ alley: "alley", street: "town", rooftop: "town", market: "town", exterior: "town", road: "hills" },
  ...{ harbour: "sea", "ship-deck": "sea", "lighthouse-rock": "sea", beach: "sea" },
  ...{ forest: "wood", field: "hills", desert: "hills", mountain: "hills", cave: "hall" },
  ...{ room: "room", cafe: "room", office: "room", "ferry-lounge": "room", interior: "room" },
  ...{ corridor: "hall", "car-deck": "hall", spaceship: "hall", theatre: "hall" },
};
export const neon = ["#ff4f8b", "#4fc3ff", "#ffb347", "#9d7bff"] as const;

/** Of the gradient that a sign of this colour glows in. */
export const glowId = (colour: string) => `scene-neon-${colour.slice(1)}`;

/** The set in silhouette, 1600 × 900, its horizon at 560. */
export function BackdropSet({ look, tones }: { look: SceneLook; tones: Tones }): ReactNode {
  const random = seededRandom(look.seed);
  const lamps = look.hour === "night" || look.hour === "dusk";
  switch (families[look.place]) {
    case "alley":
      return <Alley random={random} tones={tones} lamps={lamps} />;
    case "town":
      return <Town random={random} tones={tones} lamps={lamps} />;
    case "sea":
      return <Sea random={random} tones={tones} tower={look.place === "lighthouse-rock"} />;
    case "wood":
      return <Wood random={random} tones={tones} />;
    case "hills":
      return <Hills random={random} tones={tones} steep={look.place === "mountain"} />;
    case "room":
      return <Room random={random} tones={tones} />;
    case "hall":
      return <Hall tones={tones} />;
  }
}

type Drawn = { random: () => number; tones: Tones };
const several = <T,>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const round = (value: number) => Math.round(value);

function Alley({ random, tones, lamps }: Drawn & { lamps: boolean }) {
  const signs = several(7, (index) => {
    const side = index % 2;
    const depth = 0.2 + random() * 0.55;
    const x = side === 0 ? depth * 640 : 1600 - depth * 640;
    return {
      x: round(x),
      y: round(150 + depth * 260 + random() * 60),
      size: 1 - depth * 0.75,
      colour: neon[index % 4]!,
    };
  });
  return (
    <>
      <path d="M640 190H960V560H640Z" fill={tones.far} />
      <path d="M0 0H420L640 190V560L0 860ZM1600 0H1180L960 190V560L1600 860Z" fill={tones.near} />
      <path d="M640 560H960L1600 860V900H0V860Z" fill={tones.ground} />
      {signs.map(({ x, y, size, colour }, index) => (
        <g key={index} className="scene-backdrop-lit" style={{ animationDelay: `${-index * 1.7}s` }}>
          <circle cx={x} cy={y} r={round(330 * size)} fill={`url(#${glowId(colour)})`} opacity={lamps ? 0.8 : 0.3} />
          <rect
            x={round(x - 16 * size)}
            y={round(y - 66 * size)}
            width={round(32 * size)}
            height={round(132 * size)}
            rx="5"
            fill={colour}
            opacity={lamps ? 0.75 : 0.35}
          />
          <path
            d={`M${x} 640v${round(200 * size)}`}
            stroke={colour}
            strokeWidth={round(46 * size)}
            opacity={lamps ? 0.09 : 0.03}
          />
        </g>
      ))}
    </>
  );
}

function Town({ random, tones, lamps }: Drawn & { lamps: boolean }) {
  const row = (count: number, least: number, most: number) =>
    several(count, (index) => ({
      x: round((index * 1600) / count),
      w: round(1600 / count + 2),
      h: round(least + random() * (most - least)),
    }));
  const windows = several(130, () => ({
    x: round(random() * 1600),
    y: round(300 + random() * 240),
    on: random() > 0.45,
  }));
  return (
    <>
      {row(16, 120, 330).map(({ x, w, h }) => (
        <rect key={x} x={x} y={560 - h} width={w} height={h} fill={tones.far} />
      ))}
      {windows.map(({ x, y, on }, index) =>
        on ? (
          <rect key={index} x={x} y={y} width="7" height="11" fill={tones.light} opacity={lamps ? 0.62 : 0.16} />
        ) : null,
      )}
      {row(9, 60, 210).map(({ x, w, h }) => (
        <rect key={x} x={x} y={640 - h} width={round(w * 0.86)} height={h + 40} fill={tones.near} />
      ))}
      <rect y="640" width="1600" height="260" fill={tones.ground} />
    </>
  );
}

function Sea({ random, tones, tower }: Drawn & { tower: boolean }) {
  const lines = several(26, (index) => ({
    x: round(random() * 1300),
    y: 572 + index * 12,
    w: round(90 + random() * 320),
  }));
  return (
    <>
      <rect y="560" width="1600" height="340" fill={tones.near} />
      <path d="M1010 560l70-22h110l60-14h130l220 12V560Z" fill={tones.far} />
      <ellipse cx="1130" cy="640" rx="170" ry="240" fill="url(#scene-glow)" opacity="0.4" />
      {lines.map(({ x, y, w }) => (
        <path key={y} d={`M${x} ${y}h${w}`} stroke={tones.horizon} strokeWidth="2" opacity="0.24" />
      ))}
      {tower ? (
        <>
          <path d="M1180 570c50-60 130-84 200-80s140 40 220 90V900H1120Z" fill={tones.ground} />
          <path d="M1330 492l14-210h44l14 210Z" fill={tones.near} />
          <path className="scene-backdrop-lit" d="M1366 268L300 150V400Z" fill="url(#scene-beam)" />
          <circle className="scene-backdrop-lit" cx="1366" cy="268" r="230" fill="url(#scene-glow)" />
          <rect x="1350" y="252" width="32" height="32" fill={tones.light} />
        </>
      ) : (
        <path
          d="M1600 640L1060 690V716L1600 700ZM1120 700h18v120h-18ZM1260 694h20v150h-20ZM1430 690h22v180h-22ZM1150 690v-170h7v170ZM1470 660v-240h9v240Z"
          fill={tones.ground}
        />
      )}
    </>
  );
}

function Wood({ random, tones }: Drawn) {
  const trees = (count: number, foot: number, tall: number, wide: number) =>
    several(count, (index) => {
      const x = ((index + random() * 0.8) * 1700) / count - 50;
      const [h, w] = [tall * (0.7 + random() * 0.6), wide * (0.8 + random() * 0.4)];
      return `M${round(x - w)} ${foot}L${round(x)} ${round(foot - h)}L${round(x + w)} ${foot}Z`;
    }).join("");
  return (
    <>
      <path d={trees(34, 590, 240, 46)} fill={tones.far} />
      <path d={trees(20, 700, 400, 80)} fill={tones.near} opacity="0.92" />
      <path d="M0 690c300-40 600-20 900 0s500 10 700-16V900H0Z" fill={tones.ground} />
    </>
  );
}

function Hills({ random, tones, steep }: Drawn & { steep: boolean }) {
  return (
    <>
      <path d={ridge(random, { foot: 560, tall: steep ? 320 : 110, steep })} fill={tones.far} />
      <path d={ridge(random, { foot: 660, tall: steep ? 190 : 80, steep })} fill={tones.near} />
      <path d="M0 740c400-50 900-30 1600-4V900H0Z" fill={tones.ground} />
    </>
  );
}

function Room({ random, tones }: Drawn) {
  const left = round(860 + random() * 180);
  return (
    <>
      <path d="M380 150H1340V610H380Z" fill={tones.far} />
      <path d="M0 0H1600L1340 150H380Z" fill={tones.near} opacity="0.7" />
      <path d="M0 0L380 150V610L0 860ZM1600 0L1340 150V610L1600 860Z" fill={tones.near} />
      <path d="M380 610H1340L1600 860V900H0V860Z" fill={tones.ground} />
      <g className="scene-backdrop-lit">
        <path
          d={`M${left - 60} 500L${left + 260} 500L${left + 420} 900H${left - 300}Z`}
          fill={tones.light}
          opacity="0.09"
        />
        <path d={`M${left} 230h200v230h-200Z`} fill={tones.light} opacity="0.55" />
      </g>
      <path d={`M${left + 96} 230h8v230h-8ZM${left} 340h200v8h-200Z`} fill={tones.far} />
    </>
  );
}

function Hall({ tones }: { tones: Tones }) {
  const frames = several(5, (index) => 1 / (1 + index * 0.85));
  return (
    <>
      <rect width="1600" height="900" fill={tones.ground} />
      {frames.map((size, index) => (
        <g key={index}>
          <rect
            x={round(860 - 860 * size)}
            y={round(430 - 470 * size)}
            width={round(1680 * size)}
            height={round(900 * size)}
            rx={round(90 * size)}
            fill={index % 2 === 0 ? tones.near : tones.far}
            opacity={0.5 + index * 0.1}
          />
          <rect
            className="scene-backdrop-lit"
            style={{ animationDelay: `${-index * 1.3}s` }}
            x={round(860 - 240 * size)}
            y={round(430 - 430 * size)}
            width={round(480 * size)}
            height={round(12 * size)}
            fill={tones.light}
            opacity="0.6"
          />
        </g>
      ))}
    </>
  );
}
