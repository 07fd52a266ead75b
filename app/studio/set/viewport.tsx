import { Maximize2, Minimize2, Video } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { StagePresence } from "#domain/collab/presence.ts";
import { beginComment, openThread } from "#app/studio/comments/comments-state.ts";
import { useOpenFilm, useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { usePresence } from "#app/studio/session/use-peers.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { setKeyOf } from "#stage/scene/set-key.ts";
import { openSetEngine, type SetEngine } from "./engine/set-engine.ts";
import { peersIn } from "./set-presence.ts";
import { changeSetState, drawn, laneHeld, lookAsked, lookWithOwnEyes, setState } from "./set-state.ts";
import { useSetPins } from "./use-set-pins.ts";
import { useSetPeople } from "./use-set-people.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";
import { ViewportTools } from "./viewport-tools.tsx";

/** The set in three dimensions, with everybody's cameras in it, and the picture through the shot's own. */
export function Viewport({ set }: { set: ShotSet }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const stats = useRef<HTMLSpanElement>(null);
  const inset = useRef<HTMLCanvasElement>(null);
  const engine = useRef<SetEngine | null>(null);
  const [isWithout, setWithout] = useState(false);
  const [isBuilding, setBuilding] = useState(true);
  const [isLarge, setLarge] = useState(false);
  const [isLost, setLost] = useState(false);
  const { mayEdit, awareness } = useSession();
  const room = useOpenFilm().peers;
  const presence = usePresence();
  const actions = useSetActions(set);
  const size = useFilm((film) => ({ width: film.meta.width, height: film.meta.height }));
  const look = useStore(setState, (state) => state.look);
  const tool = useStore(setState, (state) => state.tool);
  const isLoose = useStore(setState, (state) => state.isLoose && state.look === "camera");
  const builtKey = useRef("");
  const latest = useRef({ set, actions });
  latest.current = { set, actions };

  useEffect(() => {
    let told: StagePresence | null = null;
    const tell = () => presence.set({ stage: told && { ...told, span: laneHeld.get() } });
    // What is in the hand on a lane moves nothing in the set: it is told, not drawn.
    const stopLanes = laneHeld.subscribe(tell);
    try {
      engine.current = openSetEngine({
        canvas: canvas.current!,
        over: over.current!,
        labels: labels.current!,
        stats: stats.current!,
        inset: inset.current!,
        mayEdit,
        seat: awareness.clientID,
        onShown() {
          builtKey.current = setKeyOf(latest.current.set.plan, "draft");
          setBuilding(false);
          // Another object: what is asked of it may have another answer now.
          if (engine.current) drawn.set({ ...engine.current });
        },
        onLost: setLost,
        onPin: openThread,
        onPoint(at, thing) {
          const { shot } = latest.current.set;
          changeSetState({ tool: "select" });
          const anchor = { kind: "set" as const, sceneId: shot.sceneId, at, ...(thing === null ? {} : { thing }) };
          beginComment({ shotId: shot.id, anchor });
        },
        onRelease: ({ id, at, facing }) => latest.current.actions.place(id, at, facing),
        onTell({ eye, look: target, lensMm }, through, holding) {
          const { shot } = latest.current.set;
          told = { shotId: shot.id, sceneId: shot.sceneId, eye, look: target, lensMm, through, holding };
          tell();
        },
      });
      drawn.set(engine.current);
    } catch {
      // The one thing that can be missing is the drawing context.
      setWithout(true);
    }
    return () => {
      stopLanes();
      drawn.set(null);
      engine.current?.dispose();
      engine.current = null;
      presence.set({ stage: null });
    };
  }, [mayEdit, awareness, presence]);

  useEffect(() => {
    const key = setKeyOf(set.plan, "draft");
    if (key === builtKey.current) return engine.current?.show(set, size);
    setBuilding(true);
    // A picture first that says so: building takes up to a second.
    const timer = setTimeout(() => engine.current?.show(set, size), 40);
    return () => clearTimeout(timer);
  }, [set, size]);

  const { sceneId } = set.shot;
  const pins = useSetPins(sceneId);
  useEffect(() => engine.current?.pins(pins), [pins, isWithout]);
  useEffect(() => {
    const look = () => {
      const asked = lookAsked.get();
      if (asked === null || engine.current === null || isBuilding) return;
      const thing = latest.current.set.things.find(({ id }) => id === asked.thing);
      lookWithOwnEyes();
      engine.current.lookAt(thing?.at ?? asked.at);
      lookAsked.set(null);
    };
    look();
    return lookAsked.subscribe(look);
  }, [isBuilding]);
  // Past React: others' cameras go with every frame.
  useEffect(() => {
    const meet = () => engine.current?.peers(peersIn(room.get(), sceneId));
    meet();
    return room.subscribe(meet);
  }, [room, sceneId]);

  if (isWithout)
    return (
      <EmptyState icon={<Video />} title="3D is not available in this browser">
        WebGL is missing or switched off. On a wide screen you can still edit the set, the cast and the camera in the
        side panels, and see the result in a render.
      </EmptyState>
    );
  return (
    <div className="set-viewport" data-look={look} data-tool={tool} data-lost={isLost}>
      <canvas
        ref={canvas}
        className="set-canvas"
        role="application"
        tabIndex={0}
        aria-label={`The set of shot ${set.shot.number}. Drag to orbit; everything in it is listed in the Set panel.`}
      />
      <canvas ref={over} className="set-over" aria-hidden="true" />
      <div ref={labels} className="set-labels" aria-hidden="true" />
      <ViewportTools set={set} />
      <span ref={stats} className="set-stats num" aria-hidden="true" />
      <HeldByOther set={set} />
      {isLost ? (
        <p className="set-building" role="status">
          The graphics driver was reset. The view comes back by itself, and nothing is lost.
        </p>
      ) : isBuilding ? (
        <p className="set-building">Building the set …</p>
      ) : null}
      {isLoose ? (
        <p className="set-loose">
          You moved the camera.
          {mayEdit ? (
            <Button size="small" look="light" onClick={() => keepLoose(actions)}>
              Set key here
            </Button>
          ) : null}
          <Button size="small" look="quiet" onClick={() => changeSetState({ isLoose: false })}>
            Reset
          </Button>
        </p>
      ) : null}
      <figure className="set-inset" data-large={isLarge} hidden={look === "camera"}>
        <figcaption>
          <Video className="small" aria-hidden="true" />
          <span className="strong">Camera</span>
          <LensNow set={set} />
          <IconButton
            name={isLarge ? "Smaller picture" : "Larger picture"}
            size="small"
            onClick={() => setLarge((was) => !was)}
          >
            {isLarge ? <Minimize2 className="small" /> : <Maximize2 className="small" />}
          </IconButton>
        </figcaption>
        <div className="picture" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
          <canvas ref={inset} role="img" aria-label={`The picture of shot ${set.shot.number} at the playhead`} />
        </div>
      </figure>
    </div>
  );
}

/** Says softly that somebody has the same thing in their hand. */
function HeldByOther({ set }: { set: ShotSet }) {
  const selected = useStore(setState, (state) => state.selected);
  const other = useSetPeople(set).find(({ holding }) => holding !== null && holding === selected);
  if (!other || selected === null) return null;
  const name = set.things.find(({ id }) => id === selected)?.name ?? "the camera";
  return (
    <p className="set-badge" role="status" style={{ "--c": other.color } as React.CSSProperties}>
      {other.name} is moving {name}. The last one to let go wins.
    </p>
  );
}

function LensNow({ set }: { set: ShotSet }) {
  const frame = useStore(setState, (state) => state.frame);
  const lens = useStore(drawn, (now) => now, Object.is)?.shotView(frame).lensMm ?? set.plan.camera.lensMm;
  return (
    <span className="faint small num">
      {Math.round(lens)} mm · f/{set.plan.camera.aperture}
    </span>
  );
}

function keepLoose(actions: ReturnType<typeof useSetActions>): void {
  const view = drawn.get()?.ownView();
  if (view) actions.key(setState.get().frame, { eye: view.eye, look: view.look });
  changeSetState({ isLoose: false });
}
