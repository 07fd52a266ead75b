import { Crosshair, Lightbulb, RectangleHorizontal, User, Video } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from "react";
import { deedsOf } from "#domain/screenplay/scene-plan.ts";
import { timecode } from "#domain/time.ts";
import { nameWords, slateLength } from "#app/studio/board/shot-words.ts";
import { usePresence } from "#app/studio/session/use-peers.ts";
import { rulerSteps } from "#app/studio/timeline/scale.ts";
import { KeyLane } from "./key-lane.tsx";
import { keyRows } from "./key-rows.ts";
import { OwnHead, PeerHeads } from "./set-playheads.tsx";
import { changeSetState, setState } from "./set-state.ts";
import { SetTransport } from "./set-transport.tsx";
import { motionNames } from "./set-words.ts";
import { personId } from "./things.ts";
import type { ShotSet } from "./use-set.ts";

/** The shot's time: what its camera does when, what its people do, and where everybody's playhead is. */
export function PathPanel({ set }: { set: ShotSet }) {
  const { plan, shot } = set;
  const lanes = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useEffect(() => {
    if (lanes.current === null) return;
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 600));
    watch.observe(lanes.current);
    return () => watch.disconnect();
  }, []);
  const last = Math.max(1, plan.frames - 1);
  const zoom = (width - 24) / last;
  const at = (frame: number) => 10 + frame * zoom;
  const presence = usePresence();
  useEffect(() => {
    const tell = () => {
      const { frame, playing } = setState.get();
      presence.set({ playhead: { frame, playing } });
    };
    tell();
    const stop = setState.subscribe(tell);
    return () => {
      stop();
      presence.set({ playhead: null });
    };
  }, [presence]);

  const scrub = (event: React.PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1 || lanes.current === null) return;
    const box = lanes.current.getBoundingClientRect();
    const frame = Math.round((event.clientX - box.left - 10) / zoom);
    changeSetState({ frame: Math.min(last, Math.max(0, frame)), playing: false });
  };
  const { label, tick } = rulerSteps(zoom, plan.fps);
  const marks = Array.from({ length: Math.floor(last / label) + 1 }, (_, index) => index * label);
  const rows = useMemo(() => keyRows(set.staging.keys), [set.staging.keys]);
  return (
    <section className="set-path" aria-label="Camera path">
      <header className="panel-head">
        <h2>Camera path</h2>
        <span className="faint small">Shot {shot.number}</span>
        <SetTransport set={set} />
      </header>
      <div className="set-lanes">
        <div className="heads">
          <div className="num faint small">{slateLength(plan.frames, plan.fps)}</div>
          <Head icon={<Video className="small" />}>Position</Head>
          <Head icon={<Crosshair className="small" />}>Look at</Head>
          <Head icon={<RectangleHorizontal className="small" />}>Lens</Head>
          {plan.cast
            .filter(({ offScreen }) => !offScreen)
            .map(({ name }) => (
              <Head key={name} icon={<User className="small" />}>
                {nameWords(name)}
              </Head>
            ))}
          {set.staging.lights.map(({ id, name, what }) => (
            <Head key={id} icon={<Lightbulb className="small" />}>
              {name ?? what}
            </Head>
          ))}
        </div>
        <div
          ref={lanes}
          className="lanes"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            scrub(event);
          }}
          onPointerMove={scrub}
        >
          <div className="ruler num" style={{ backgroundSize: `${tick * zoom}px 4px`, backgroundPositionX: 10 }}>
            {marks.map((frame) => (
              <span key={frame} style={{ left: at(frame) }}>
                {timecode(frame, plan.fps).slice(-5)}
              </span>
            ))}
          </div>
          <KeyLane set={set} keys={rows.position} at={at} zoom={zoom} isFirst />
          <KeyLane set={set} keys={rows.look} at={at} zoom={zoom} />
          <KeyLane set={set} keys={rows.lens} at={at} zoom={zoom} />
          {plan.cast
            .filter(({ offScreen }) => !offScreen)
            .map((person) => (
              <div key={person.name} className="lane">
                {deedsOf(person, plan).map((deed, index) => {
                  const frameOf = (beat: number) => (beat * plan.beatSeconds * plan.fps.num) / plan.fps.den;
                  const [from, to] = [at(frameOf(deed.from)), at(Math.min(last, frameOf(deed.to)))];
                  return (
                    <span
                      key={index}
                      className="deed cut"
                      style={{ left: from, width: Math.max(4, to - from) }}
                      onPointerDown={() => changeSetState({ selected: personId(person.name) })}
                    >
                      {motionNames[deed.motion]}
                    </span>
                  );
                })}
              </div>
            ))}
          {set.staging.lights.map((light) => (
            <div key={light.id} className="lane">
              <span
                className="deed light"
                style={{ left: at(0), width: at(last) - at(0), "--k": light.colour } as CSSProperties}
              />
            </div>
          ))}
          <PeerHeads set={set} at={at} />
          <OwnHead at={at} />
        </div>
      </div>
    </section>
  );
}

function Head({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div>
      {icon}
      <span className="cut">{children}</span>
    </div>
  );
}
