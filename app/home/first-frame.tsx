import { MousePointer2 } from "lucide-react";
import { NameTag } from "#app/ui/avatar.tsx";
import "./first-frame.css";

/** A frame of a film that is being made: drawn, not rendered, and said so. Others are in it already. */
export function FirstFrame() {
  return (
    <figure className="first-frame">
      <div className="well">
        <Lighthouse />
        <span className="plate number">3A</span>
        <span className="plate time num">00:00:37:14</span>
        <Cursor color="var(--peer-2)" name="Priya" x={56} y={38} />
        <Cursor color="var(--peer-1)" name="Tom" x={27} y={66} />
      </div>
      <figcaption className="small faint">
        <span>Wide. Far ahead, where there should be nothing, a lighthouse sweeps its beam.</span>
        <span className="kind">Drawing</span>
      </figcaption>
    </figure>
  );
}

function Cursor({ color, name, x, y }: { color: string; name: string; x: number; y: number }) {
  return (
    <span className="cursor" style={{ left: `${x}%`, top: `${y}%`, color }} aria-hidden="true">
      <MousePointer2 fill="currentColor" stroke="#0b0b0b" />
      <NameTag color={color}>{name}</NameTag>
    </span>
  );
}

/** 1280 × 536: night, sea, rock, light, rain. */
function Lighthouse() {
  return (
    <svg
      viewBox="0 0 1280 536"
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label="A lighthouse at night, its beam across a dark sea"
    >
      <defs>
        <linearGradient id="ff-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#04090d" />
          <stop offset=".62" stopColor="#0d2530" />
          <stop offset="1" stopColor="#17414b" />
        </linearGradient>
        <linearGradient id="ff-sea" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#123740" />
          <stop offset=".3" stopColor="#0a2029" />
          <stop offset="1" stopColor="#03080b" />
        </linearGradient>
        <radialGradient id="ff-lamp" cx=".5" cy=".5" r=".5">
          <stop offset="0" stopColor="#fffbe9" />
          <stop offset=".12" stopColor="#eaf6ef" stopOpacity=".9" />
          <stop offset=".4" stopColor="#8fc4c6" stopOpacity=".28" />
          <stop offset="1" stopColor="#8fc4c6" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="ff-beam-l" x1="1" y1="0" x2="0" y2="0">
          <stop offset="0" stopColor="#f4fbf3" stopOpacity=".85" />
          <stop offset=".35" stopColor="#bfe0de" stopOpacity=".3" />
          <stop offset="1" stopColor="#bfe0de" stopOpacity="0" />
        </linearGradient>
        <linearGradient id="ff-beam-r" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#f4fbf3" stopOpacity=".6" />
          <stop offset="1" stopColor="#bfe0de" stopOpacity="0" />
        </linearGradient>
      </defs>
      <rect width="1280" height="340" fill="url(#ff-sky)" />
      <g fill="#0a1a21" opacity=".75">
        <path d="M0 96c160-34 320-8 470-26s330-40 500-10 210 4 310-8V0H0Z" />
        <path d="M0 150c210-22 330 6 560-14s420-22 720-2v-34H0Z" opacity=".5" />
      </g>
      <path d="M896 176 0 66v150l896-30Z" fill="url(#ff-beam-l)" />
      <path d="M906 176l374-52v96l-374-34Z" fill="url(#ff-beam-r)" />
      <rect y="332" width="1280" height="204" fill="url(#ff-sea)" />
      <g stroke="#2a6470" strokeWidth="1.5" fill="none" opacity=".55">
        <path d="M0 352c90-5 150 5 250 1s170-6 270 0 150 4 240 0M980 350c70-5 160 5 300 1" />
        <path d="M0 384c130-8 210 6 340 1s220-8 380 1 330 5 560-2" opacity=".7" />
        <path d="M0 428c170-10 260 8 430 1s330-9 470 2 240 3 380-3" opacity=".5" />
        <path d="M0 484c210-12 350 10 560 1s420-8 720 2" opacity=".35" />
      </g>
      <g fill="#d9efe6">
        <path d="M882 344h38l-6 5h-26Z" opacity=".5" />
        <path
          d="M888 362h26l-5 4h-17ZM884 382h32l-7 4h-19ZM890 408h22l-4 5h-13ZM886 436h28l-6 5h-17ZM892 470h18l-4 5h-10Z"
          opacity=".26"
        />
      </g>
      <path d="M742 340c30-4 44-20 78-24 22-3 36-14 66-15 36-2 50 10 84 14 40 5 52 20 92 25Z" fill="#060d11" />
      <path d="m884 302 6-106h22l6 106Z" fill="#0a151a" />
      <path d="M901 196h11l6 106h-12Z" fill="#1b333a" />
      <path d="M882 196h38l-3 6h-32Z" fill="#0a151a" />
      <rect x="890" y="168" width="22" height="28" fill="#fdf6dc" />
      <path d="M886 168h30l-15-16Z" fill="#0a151a" />
      <circle cx="901" cy="181" r="190" fill="url(#ff-lamp)" />
      <g stroke="#a9c6c8" strokeWidth="1" opacity=".2">
        {rain.map(([x, y, length]) => (
          <path key={`${x}-${y}`} d={`M${x} ${y}l${-length * 0.28} ${length}`} />
        ))}
      </g>
      <path d="M0 536v-74l52-3v-30h9v29l118-8v-34h9v33l132-9v-26h8v26l120-7v-20h7v20l104-5 8 4v104Z" fill="#020507" />
      <path d="M56 429q64 26 126-13 70 30 138-2 66 22 128-3" stroke="#0b1b21" strokeWidth="2" fill="none" />
    </svg>
  );
}

/** Where the rain falls: x, y, length. Fixed, so that server and browser draw the same. */
const rain: readonly (readonly [number, number, number])[] = Array.from({ length: 120 }, (_, index) => {
  const at = (step: number) => ((index * step) % 997) / 997;
  return [Math.round(at(613) * 1340), Math.round(at(389) * 470) - 20, Math.round(26 + at(751) * 46)] as const;
});
