import { Crosshair, Lightbulb, Magnet, RectangleHorizontal, Spline, User, Video } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { timecode } from "#domain/time.ts";
import { nameWords } from "#app/studio/board/shot-words.ts";
import { useStore } from "#app/studio/session/store.ts";
import { usePresence } from "#app/studio/session/use-peers.ts";
import { rulerSteps } from "#app/studio/timeline/scale.ts";
import { Button } from "#app/ui/button.tsx";
import { changeSetState, setState, type SetState } from "../set-state.ts";
import { personId, type ThingId } from "../things.ts";
import { useSetPeople } from "../use-set-people.ts";
import type { ShotSet } from "../use-set.ts";
import { DeedLane } from "./deed-lane.tsx";
import { KeyLane, MarkLane } from "./key-lane.tsx";
import { keyRows } from "./key-rows.ts";
import { laneScale } from "./lane-scale.ts";
import { LightLane } from "./light-lane.tsx";
import { OwnHead, PeerHeads } from "./set-playheads.tsx";
import { SetTransport } from "./set-transport.tsx";
import "./lanes.css";

/** The shot's time: what its camera does when, what its people do, and where everybody's playhead is. */
export function PathPanel({ set }: { set: ShotSet }) {
  const { plan, shot } = set;
  const lanes = useRef<HTMLDivElement>(null);
  const width = useWidth(lanes);
  const scale = useMemo(() => laneScale(width, plan.frames), [width, plan.frames]);
  const others = useSetPeople(set);
  useOwnPlayhead();
  const scrub = (event: React.PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1 || lanes.current === null) return;
    const box = lanes.current.getBoundingClientRect();
    changeSetState({ frame: scale.frameAt(event.clientX - box.left), playing: false });
  };
  const { label, tick } = rulerSteps(scale.zoom, plan.fps);
  const marks = Array.from({ length: Math.floor(scale.last / label) + 1 }, (_, index) => index * label);
  const rows = useMemo(() => keyRows(set.staging.keys), [set.staging.keys]);
  const cast = plan.cast.filter(({ offScreen }) => !offScreen);
  const lights = set.things.filter(({ kind }) => kind === "light");
  return (
    <section className="set-path" aria-label="Camera path">
      <header className="panel-head">
        <h2>Camera path</h2>
        <span className="faint small">Shot {shot.number}</span>
        <SetTransport set={set} />
        <span className="grow" />
        <Switch
          name="Snap"
          of="snaps"
          icon={<Magnet className="small" />}
          title="Snap to keys, actions and the playhead"
        />
        <Switch
          name="Curves"
          of="curves"
          icon={<Spline className="small" />}
          title="Show the easing curves between keys"
        />
      </header>
      <div className="set-lanes">
        <div className="heads">
          <div className="num faint small">{timecode(plan.frames, plan.fps)}</div>
          <Head icon={<Video className="small" />} id="camera">
            Position
          </Head>
          <Head icon={<Crosshair className="small" />}>Look at</Head>
          <Head icon={<RectangleHorizontal className="small" />}>Lens</Head>
          {cast.map(({ name }) => (
            <Head key={name} icon={<User className="small" />} id={personId(name)}>
              {nameWords(name)}
            </Head>
          ))}
          {lights.map(({ id, name }) => (
            <Head key={id} icon={<Lightbulb className="small" />} id={id}>
              {name}
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
          <div className="ruler num" style={{ backgroundSize: `${tick * scale.zoom}px 4px`, backgroundPositionX: 10 }}>
            {marks.map((frame) => (
              <span key={frame} style={{ left: scale.at(frame) }}>
                {timecode(frame, plan.fps).slice(-5)}
              </span>
            ))}
          </div>
          <KeyLane set={set} scale={scale} others={others} />
          <MarkLane keys={rows.look} scale={scale} />
          <MarkLane keys={rows.lens} scale={scale} />
          {cast.map((person) => (
            <DeedLane key={person.name} set={set} person={person} scale={scale} others={others} />
          ))}
          {lights.map((light) => (
            <LightLane key={light.id} set={set} thing={light} scale={scale} others={others} />
          ))}
          <PeerHeads set={set} at={scale.at} />
          <OwnHead at={scale.at} />
        </div>
      </div>
    </section>
  );
}

function Head({ icon, id, children }: { icon: ReactNode; id?: ThingId; children: ReactNode }) {
  const isChosen = useStore(
    setState,
    ({ selected }) =>
      id !== undefined && (selected === id || (id === "camera" && selected?.startsWith("key:") === true)),
  );
  const face = (
    <>
      {icon}
      <span className="cut">{children}</span>
    </>
  );
  if (id === undefined) return <div>{face}</div>;
  return (
    <button type="button" data-chosen={isChosen} tabIndex={-1} onClick={() => changeSetState({ selected: id })}>
      {face}
    </button>
  );
}

interface SwitchProps {
  name: string;
  of: "snaps" | "curves";
  icon: ReactNode;
  title: string;
}

function Switch({ name, of, icon, title }: SwitchProps) {
  const isOn = useStore(setState, (state: SetState) => state[of]);
  return (
    <Button
      look="quiet"
      size="small"
      className="lane-switch"
      title={title}
      aria-pressed={isOn}
      onClick={() => changeSetState({ [of]: !isOn })}
    >
      {icon}
      {name}
    </Button>
  );
}

function useWidth(of: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    if (of.current === null) return;
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 600));
    watch.observe(of.current);
    return () => watch.disconnect();
  }, [of]);
  return width;
}

/** The others see where this person is in the shot. */
function useOwnPlayhead(): void {
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
}
