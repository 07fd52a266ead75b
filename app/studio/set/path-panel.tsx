import {
  Crosshair,
  Lightbulb,
  Pause,
  Play,
  RectangleHorizontal,
  SkipBack,
  SkipForward,
  User,
  Video,
} from "lucide-react";
import { useEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from "react";
import { initialsOf } from "#domain/collab/presence.ts";
import type { StagedKey } from "#domain/film/staging.ts";
import { deedsOf } from "#domain/screenplay/scene-plan.ts";
import { timecode } from "#domain/time.ts";
import { nameWords, slateLength } from "#app/studio/board/shot-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { usePresence } from "#app/studio/session/use-peers.ts";
import { rulerSteps } from "#app/studio/timeline/scale.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { keyRows } from "./key-rows.ts";
import { changeSetState, setState } from "./set-state.ts";
import { motionNames } from "./set-words.ts";
import { personId } from "./things.ts";
import { useSetActions } from "./use-set-actions.ts";
import { useSetPeople } from "./use-set-people.ts";
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
        <Transport set={set} />
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
                      onClick={() => changeSetState({ selected: personId(person.name) })}
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

function Transport({ set }: { set: ShotSet }) {
  const frame = useStore(setState, (state) => state.frame);
  const playing = useStore(setState, (state) => state.playing);
  const go = (to: number) => changeSetState({ frame: to, playing: false });
  return (
    <div className="set-transport">
      <IconButton name="To the start" shortcut="Home" size="small" onClick={() => go(0)}>
        <SkipBack className="small" />
      </IconButton>
      <IconButton
        name={playing ? "Pause" : "Play"}
        shortcut="Space"
        className="play"
        size="small"
        onClick={() => changeSetState({ playing: !playing })}
      >
        {playing ? <Pause className="small" /> : <Play className="small" />}
      </IconButton>
      <IconButton name="To the end" shortcut="End" size="small" onClick={() => go(set.plan.frames - 1)}>
        <SkipForward className="small" />
      </IconButton>
      <span className="num strong" role="timer" aria-label="Playhead">
        {timecode(frame, set.plan.fps).slice(-8)}
      </span>
    </div>
  );
}

interface KeyLaneProps {
  set: ShotSet;
  keys: readonly StagedKey[];
  at(frame: number): number;
  zoom: number;
  isFirst?: boolean;
}

/** The keys of one row. Only those of the first can be taken hold of; the others say what changes there. */
function KeyLane({ set, keys, at, zoom, isFirst = false }: KeyLaneProps) {
  const { mayEdit } = useSession();
  const selected = useStore(setState, (state) => state.selected);
  const frame = useStore(setState, (state) => state.frame);
  const actions = useSetActions(set);
  const [drag, setDrag] = useState<{ id: string; from: number; by: number } | null>(null);
  const [first, end] = [keys[0], keys.at(-1)];
  const most = set.plan.frames - 1;
  const moved = (key: StagedKey) =>
    drag?.id === key.id ? Math.min(most, Math.max(0, Math.round(key.frame + drag.by / zoom))) : key.frame;
  return (
    <div className="lane">
      {first && end && first !== end ? (
        <i className="way" style={{ left: at(first.frame), width: at(end.frame) - at(first.frame) }} />
      ) : null}
      {keys.map((key) =>
        isFirst ? (
          <button
            key={key.id}
            type="button"
            className="key"
            aria-label={`Camera key at ${timecode(key.frame, set.plan.fps).slice(-8)}${key.name ? `, ${key.name}` : ""}`}
            aria-pressed={selected === `key:${key.id}` || (selected === "camera" && key.frame === frame)}
            style={{ left: at(moved(key)) }}
            onPointerDown={(event) => {
              event.stopPropagation();
              event.currentTarget.setPointerCapture(event.pointerId);
              changeSetState({ selected: `key:${key.id}`, frame: key.frame, playing: false });
              if (mayEdit && key.locked !== true) setDrag({ id: key.id, from: event.clientX, by: 0 });
            }}
            onPointerMove={(event) => {
              event.stopPropagation();
              if (drag) setDrag({ ...drag, by: event.clientX - drag.from });
            }}
            onPointerUp={() => {
              const to = moved(key);
              setDrag(null);
              if (to === key.frame) return;
              actions.moveKey(key.id, to);
              changeSetState({ frame: to });
            }}
            onClick={() => changeSetState({ selected: `key:${key.id}`, frame: key.frame })}
          />
        ) : (
          <i
            key={key.id}
            className="key"
            aria-hidden="true"
            data-now={key.frame === frame}
            style={{ left: at(moved(key)) }}
          />
        ),
      )}
    </div>
  );
}

function OwnHead({ at }: { at(frame: number): number }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      if (line.current) line.current.style.transform = `translateX(${at(setState.get().frame)}px)`;
    };
    place();
    return setState.subscribe(place);
  }, [at]);
  return (
    <div ref={line} className="playhead mine" aria-hidden="true">
      <svg className="cap" viewBox="0 0 13 14">
        <path d="M1 0h11v8l-5.5 6L1 8Z" />
      </svg>
    </div>
  );
}

function PeerHeads({ set, at }: { set: ShotSet; at(frame: number): number }) {
  return (
    <>
      {useSetPeople(set).map(({ clientId, name, color, frame }) =>
        frame === null ? null : (
          <div
            key={clientId}
            className="playhead peer"
            data-peer-playhead={name}
            style={{ transform: `translateX(${at(frame)}px)`, "--c": color } as CSSProperties}
            title={name}
          >
            <span className="initials">{initialsOf(name)}</span>
          </div>
        ),
      )}
    </>
  );
}
