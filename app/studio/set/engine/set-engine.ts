/**
 * The drawn set of one shot: builds it from the plan, draws it when something changed, and says what hands do in it.
 * It writes nothing: whoever made it does.
 */
import * as THREE from "three";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import { buildScene, SetCache, type BuiltScene } from "#stage/scene/build-scene.ts";
import { createRenderer } from "#stage/stage.ts";
import { onLevel, rounded, snapped } from "../geometry.ts";
import type { SetPeer } from "../set-presence.ts";
import { changeSetState, lightNow, setState, type SetDrawn, type SetState, type SetView } from "../set-state.ts";
import type { ThingId } from "../things.ts";
import type { ShotSet } from "../use-set.ts";
import { lightAsClay } from "./clay.ts";
import { openDrawLoop } from "./draw-loop.ts";
import { buildFilmPicture, buildInset, type Frame } from "./film-picture.ts";
import { seatGuests } from "./guests.ts";
import { followHands, type Held } from "./hands.ts";
import { carryHeld, heldNow, shiftsAt } from "./held-things.ts";
import { hangLabels } from "./labels.ts";
import { paintOver, type Over, type Pin } from "./over.ts";
import { gridOf, overview } from "./overview.ts";
import { aimAtPose, aimThrough, gateIn, openOwnView, ownFov, ownLens, rayThrough } from "./own-view.ts";
import { showPace } from "./pace.ts";
import { painterFor } from "./paint.ts";
import { openPlayback } from "./playback.ts";
import { viewsOf, type ShotView, type ShotViews } from "./shot-views.ts";
import { standAside } from "./sides.ts";
import { takePicture } from "./take-picture.ts";
import { buildViewportPicture } from "./viewport-picture.ts";

const sets = new SetCache();

export interface SetEngineParts {
  canvas: HTMLCanvasElement;
  over: HTMLCanvasElement;
  labels: HTMLElement;
  stats: HTMLElement;
  /** The picture through the shot's camera. */
  inset: HTMLCanvasElement;
  /** This person's camera or hand has moved. */
  onTell(view: SetView, through: boolean, holding: Held | null): void;
  /** A hand lets go of something. */
  onRelease(held: Held): void;
  /** A spot of the set is pointed at to say something about it. */
  onPoint(at: Vec3, thing: ThingId | null): void;
  /** Somebody presses a remark. */
  onPin(id: string): void;
  /** What it was told to show stands. */
  onShown(): void;
  /** The browser took the drawing away, or gave it back. */
  onLost(isLost: boolean): void;
  mayEdit: boolean;
  /** People come in at different places; any number. */
  seat: number;
}

export interface SetEngine extends SetDrawn {
  show(set: ShotSet, size: { width: number; height: number }): void;
  peers(list: readonly SetPeer[]): void;
  pins(list: readonly Pin[]): void;
  dispose(): void;
}

/** What stands: the shot, its scene, and its camera's way. */
interface Standing {
  set: ShotSet;
  built: BuiltScene;
  views: ShotViews;
}

/** @throws Error where the browser has no WebGL */
export function openSetEngine(parts: SetEngineParts): SetEngine {
  const { canvas, over } = parts;
  const renderer = createRenderer(canvas);
  renderer.info.autoReset = false;
  const picture = buildViewportPicture(renderer);
  const inset = buildInset(renderer, canvas, parts.inset);
  const through = buildFilmPicture(renderer);
  const grid = gridOf();
  const camera = new THREE.PerspectiveCamera(ownFov, 1, 0.08, 420);
  const labels = hangLabels(parts.labels, parts.onPin);
  const context = over.getContext("2d")!;
  const own = openOwnView();
  const guests = seatGuests();
  const playOn = openPlayback();
  const tellPace = showPace(parts.stats);

  let now: Standing | null = null;
  let pins: readonly Pin[] = [];
  let film = { width: 1280, height: 720 };
  let hover: { x: number; y: number } | null = null;

  const secondsOf = ({ set }: Standing) => (setState.get().frame * set.plan.fps.den) / set.plan.fps.num;
  const size = () => ({ width: canvas.clientWidth || 1, height: canvas.clientHeight || 1 });
  const ratio = () => Math.min(1.5, devicePixelRatio || 1);
  const isThrough = () => setState.get().look === "camera";
  const floorOf = () => now?.set.plan.cast[0]?.at[1] ?? 0;
  const aspect = () => film.width / film.height;
  const ray = (x: number, y: number) => rayThrough(camera, x, y, size().width, size().height);
  const held = () => heldNow(guests.list(), hands.held());

  const hands = followHands({
    canvas,
    mayEdit: parts.mayEdit,
    pose: () => (isThrough() ? own.loosen(now && now.views.at(secondsOf(now))) : own.pose),
    onPose() {
      own.stay();
      changeSetState({ following: null, ...(isThrough() ? { isLoose: true } : {}) });
      touch(isThrough());
    },
    onHold: () => touch(true),
    onRelease: (thing) => parts.onRelease(thing),
    onPoint: (at, thing) => parts.onPoint(rounded(at), thing),
    onHover(at) {
      hover = at;
      touchOver();
    },
    tan: () => Math.tan((camera.fov * Math.PI) / 360),
    ray,
    over: () => now && overNow(now),
    height: () => size().height,
    touch: () => touch(false),
  });

  const { touch, touchOver, stop } = openDrawLoop({
    goOn(time, passed) {
      if (now === null) return;
      if (playOn(time, now.set.plan)) touch(true);
      if (hands.fly(passed)) touch(isThrough());
      const part = 1 - Math.exp(-passed * 12);
      if (guests.glide(part)) touchOver();
      const leader = isThrough() ? null : guests.poseOf(setState.get().following);
      if (own.follow(leader, part)) touch(false);
    },
    draw(time, isOther) {
      if (now === null) return;
      fit();
      if (isOther) drawInset(now);
      draw(now, false);
      parts.onTell(isThrough() ? viewOf(shotNow(now)) : ownView(), isThrough(), hands.carried());
      tellPace(time, renderer.info.render);
    },
    drawAtRest: () => now && draw(now, true),
    paint: () => now && paint(now),
  });

  /** The shot's camera now: as the plan has it, as it was put by hand, or as it is being moved. */
  function shotNow(standing: Standing): ShotView {
    const view = standing.views.at(secondsOf(standing));
    if (own.loose !== null && isThrough()) return { ...view, eye: own.loose.eye.clone(), look: own.loose.look.clone() };
    const key = standing.set.staging.keys.find(({ frame }) => frame === setState.get().frame);
    const carried = held().find(({ id }) => id === "camera" || (key !== undefined && id === `key:${key.id}`));
    return carried ? { ...view, eye: new THREE.Vector3(...carried.at) } : view;
  }

  function frameOf(standing: Standing): Frame {
    const { set, built } = standing;
    const seconds = secondsOf(standing);
    const pose = (lens: THREE.Camera) => {
      built.update(seconds, lens);
      carryHeld(held(), built, set);
      grid.visible = false;
    };
    return { built, plan: set.plan, view: shotNow(standing), seconds, pose };
  }

  function drawInset(standing: Standing): void {
    if (!inset.isShown()) return;
    inset.draw(frameOf(standing), aspect(), ratio());
    wholeCanvas();
  }

  function wholeCanvas(): void {
    const { width, height } = size();
    renderer.setViewport(0, 0, width, height);
  }

  function draw(standing: Standing, isAtRest: boolean): void {
    const { set, built } = standing;
    const { width, height } = size();
    camera.aspect = width / height;
    const gate = gateIn(width, height, aspect());
    if (isThrough()) aimThrough(camera, shotNow(standing), height, gate);
    else aimAtPose(camera, own.pose, set.plan);
    built.update(secondsOf(standing), camera);
    carryHeld(held(), built, set);
    grid.visible = setState.get().grid && !isThrough();
    grid.position.y = floorOf() + 0.012;
    if (grid.parent !== built.scene) built.scene.add(grid);
    const isClay = lightNow(setState.get()) === "clay";
    const giveBack = isClay ? lightAsClay(built.scene) : null;
    renderer.info.reset();
    picture.render(built.scene, camera, isClay, isAtRest);
    giveBack?.();
    if (isThrough() && isAtRest && !isClay) {
      // As it will be filmed.
      through.draw(frameOf(standing), gate, ratio());
      wholeCanvas();
    }
    paint(standing);
  }

  function overNow(standing: Standing): Over {
    const { width, height } = size();
    const { set, views, built } = standing;
    const seconds = secondsOf(standing);
    return {
      ...{ set, views, seconds, hover, pins, ray, camera, width, height },
      state: setState.get(),
      peers: guests.list(),
      held: held(),
      own: hands.carried(),
      shifts: shiftsAt(seconds, built, set),
      painter: painterFor(context, camera, width, height),
      shot: shotNow(standing),
      isThrough: isThrough(),
      floor: floorOf(),
      aspect: aspect(),
      mayEdit: parts.mayEdit,
      gate: isThrough() ? gateIn(width, height, aspect()) : null,
    };
  }

  function paint(standing: Standing): void {
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    context.clearRect(0, 0, over.width, over.height);
    labels.show(paintOver(overNow(standing)));
  }

  function fit(): void {
    const { width, height } = size();
    if (canvas.width === Math.floor(width * ratio()) && canvas.height === Math.floor(height * ratio())) return;
    renderer.setPixelRatio(ratio());
    renderer.setSize(width, height, false);
    picture.resize(canvas.width, canvas.height);
    Object.assign(over, { width: canvas.width, height: canvas.height });
  }

  const ownView = (): SetView => ({ eye: vec(own.pose.eye), look: vec(own.pose.look), lensMm: ownLens });
  const blocking = ({ views, built }: Standing) => ({ path: views.path, solids: built.solids });

  let last = setState.get();
  const stopState = setState.subscribe(() => {
    const next = setState.get();
    const isOther = (...keys: (keyof SetState)[]) => keys.some((key) => next[key] !== last[key]);
    if (next.look !== "camera" || !next.isLoose) own.putBack();
    if (isOther("frame", "playing", "look", "isLoose")) touch(true);
    else if (isOther("light", "lightThrough", "grid", "following")) touch(false);
    else touchOver();
    last = next;
  });
  const resized = new ResizeObserver(() => touch(true));
  resized.observe(canvas);
  resized.observe(parts.inset);
  canvas.addEventListener("webglcontextlost", () => {
    labels.show([]);
    parts.onLost(true);
  });
  canvas.addEventListener("webglcontextrestored", () => {
    parts.onLost(false);
    touch(true);
  });

  function rebuild(next: ShotSet): BuiltScene {
    grid.removeFromParent();
    now?.built.dispose();
    inset.forget();
    through.forget();
    return buildScene(next.plan, { tier: "draft", sets });
  }

  return {
    show(next, filmSize) {
      film = filmSize;
      const isElsewhere = now?.set.shot.sceneId !== next.shot.sceneId || now.set.plan.place !== next.plan.place;
      const built = now?.built.apply(next.plan) ? now.built : rebuild(next);
      now = { set: next, built, views: viewsOf(next.plan, built, aspect()) };
      if (isElsewhere) own.jump(overview(next.plan, blocking(now), parts.seat));
      hands.forget();
      parts.onShown();
      touch(true);
    },
    peers(list) {
      // What somebody lets go of is drawn once more, too.
      if (guests.meet(list)) touch(true);
      else touchOver();
    },
    pins(list) {
      pins = list;
      touchOver();
    },
    ownView: () => (isThrough() && now ? viewOf(shotNow(now)) : ownView()),
    shotView(frame) {
      if (now === null) return { ...ownView(), focus: 4 };
      const { fps } = now.set.plan;
      const view = now.views.at((frame * fps.den) / fps.num);
      return { ...viewOf(view), focus: view.focus };
    },
    spot() {
      const { width, height } = size();
      const at = onLevel(ray(width / 2, height * 0.6), floorOf());
      const [x, , z] = at ?? now?.set.plan.cast[0]?.at ?? [0, 0, 0];
      const far = at === null ? 0 : Math.hypot(x - own.pose.eye.x, z - own.pose.eye.z);
      return snapped(far > 30 ? [own.pose.look.x, floorOf(), own.pose.look.z] : [x, floorOf(), z], false);
    },
    at: (x, y) => onLevel(ray(x, y), floorOf()),
    lookAt(at) {
      const look = new THREE.Vector3(at[0], at[1] + 1, at[2]);
      const arm = own.pose.eye.clone().sub(own.pose.look).setLength(5.5);
      own.glide({ eye: look.clone().add(arm), look });
      touch(false);
    },
    lookFrom(side) {
      if (now === null) return;
      own.glide(side === null ? overview(now.set.plan, blocking(now), parts.seat) : standAside(own.pose, side));
      touch(false);
    },
    async snap(frame) {
      if (now === null) throw new Error("There is no set.");
      return takePicture(now.set.plan, film, frame);
    },
    dispose() {
      stop();
      stopState();
      resized.disconnect();
      hands.stop();
      labels.show([]);
      grid.removeFromParent();
      now?.built.dispose();
      inset.forget();
      through.forget();
      picture.dispose();
      renderer.dispose();
    },
  };
}

const vec = (at: THREE.Vector3): Vec3 => rounded(at.toArray());
const viewOf = (view: { eye: THREE.Vector3; look: THREE.Vector3; lensMm: number }): SetView => ({
  eye: vec(view.eye),
  look: vec(view.look),
  lensMm: Math.round(view.lensMm * 10) / 10,
});
