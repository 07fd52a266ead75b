/**
 * The drawn set of one shot: builds it from the plan, draws it when something changed, and says what hands do in it.
 * It writes nothing: whoever made it does.
 */
import * as THREE from "three";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import { buildScene, SetCache, type BuiltScene } from "#stage/scene/build-scene.ts";
import { createRenderer, createStage } from "#stage/stage.ts";
import { onLevel, rounded, snapped, type Ray } from "../geometry.ts";
import type { SetPeer } from "../set-presence.ts";
import { changeSetState, setState, type SetDrawn, type SetView } from "../set-state.ts";
import { innerId, personId } from "../things.ts";
import type { ShotSet } from "../use-set.ts";
import { lightAsClay } from "./clay.ts";
import { frameRange } from "./frames.ts";
import { followHands, type Held } from "./hands.ts";
import { buildInset } from "./inset-picture.ts";
import { hangLabels } from "./labels.ts";
import { near, type Pose } from "./navigation.ts";
import { paintOver, type Over } from "./over.ts";
import { gridOf, overview } from "./overview.ts";
import { painterFor } from "./paint.ts";
import { placeCamera, viewsOf, type ShotViews } from "./shot-views.ts";
import { buildViewportPicture } from "./viewport-picture.ts";

/** Vertical, degrees: about what an 18 mm lens sees. */
const ownFov = 42;
export const ownLens = 18;
const restMs = 260;
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
  /** What it was told to show stands. */
  onShown(): void;
  mayEdit: boolean;
  /** People come in at different places; any number. */
  seat: number;
}

export interface SetEngine extends SetDrawn {
  show(set: ShotSet, size: { width: number; height: number }): void;
  peers(list: readonly SetPeer[]): void;
  dispose(): void;
}

/** @throws Error where the browser has no WebGL */
export function openSetEngine(parts: SetEngineParts): SetEngine {
  const { canvas, over, inset } = parts;
  const renderer = createRenderer(canvas);
  renderer.info.autoReset = false;
  const picture = buildViewportPicture(renderer);
  const grid = gridOf();
  const camera = new THREE.PerspectiveCamera(ownFov, 1, 0.08, 420);
  const labels = hangLabels(parts.labels);
  const context = over.getContext("2d")!;
  const insetPicture = buildInset(renderer, canvas, inset);

  const pose: Pose = { eye: new THREE.Vector3(6, 4, 9), look: new THREE.Vector3(0, 1, 0) };
  /** Where the shot's camera was put by hand, before a key says so. */
  let loose: Pose | null = null;
  let goal: Pose | null = null;
  let set: ShotSet | null = null;
  let built: BuiltScene | null = null;
  let views: ShotViews | null = null;
  let film = { width: 1280, height: 720 };
  let others: { peer: SetPeer; shown: Pose }[] = [];
  let hover: Point2 | null = null;
  let dirty = { picture: true, view: true, over: true };
  let lastChange = 0;
  let isFine = false;
  let scheduled = 0;
  let before = 0;
  let startedAt: { time: number; frame: number } | null = null;
  let isGone = false;
  let wereHeld = false;
  const paced = { last: 0, each: 0, shown: 0 };

  const seconds = () => (set === null ? 0 : (setState.get().frame * set.plan.fps.den) / set.plan.fps.num);
  const size = () => ({ width: canvas.clientWidth || 1, height: canvas.clientHeight || 1 });
  const ratio = () => Math.min(1.5, devicePixelRatio || 1);
  const isThrough = () => setState.get().look === "camera";
  const floorOf = () => set?.plan.cast[0]?.at[1] ?? 0;

  const hands = followHands({
    canvas,
    mayEdit: parts.mayEdit,
    pose: () => (isThrough() ? looseNow() : pose),
    onPose() {
      goal = null;
      changeSetState({ following: null, ...(isThrough() ? { isLoose: true } : {}) });
      touch({ picture: isThrough() });
    },
    onHold: () => touch({ picture: true }),
    onRelease: (held) => parts.onRelease(held),
    onHover(at) {
      hover = at;
      touchOver();
    },
    tan: () => Math.tan((camera.fov * Math.PI) / 360),
    ray,
    over: () => (views === null ? null : overNow()),
    height: () => size().height,
    touch: () => touch({}),
  });

  function looseNow(): Pose {
    if (loose === null) {
      const view = views?.at(seconds());
      loose = view ? { eye: view.eye.clone(), look: view.look.clone() } : { ...pose };
    }
    return loose;
  }

  function ray(x: number, y: number): Ray {
    const { width, height } = size();
    const to = new THREE.Vector3((x / width) * 2 - 1, 1 - (y / height) * 2, 0.5).unproject(camera);
    const way = to.sub(camera.position).normalize();
    return { from: camera.position.toArray(), way: way.toArray() };
  }

  function touch(what: { picture?: boolean }): void {
    dirty = { picture: dirty.picture || what.picture === true, view: true, over: true };
    lastChange = performance.now();
    isFine = false;
    schedule();
  }
  /** Names and others' cameras lie over the set: it need not be drawn again for them. */
  function touchOver(): void {
    dirty.over = true;
    schedule();
  }
  function schedule(): void {
    if (scheduled === 0 && !isGone) scheduled = requestAnimationFrame(tick);
  }

  function tick(now: number): void {
    scheduled = 0;
    const passed = Math.min(0.1, (now - before) / 1000);
    before = now;
    if (set === null || built === null || views === null) return;
    play(now);
    if (hands.fly(passed)) touch({ picture: isThrough() });
    follow(passed);
    if (!dirty.view && dirty.over) {
      dirty.over = false;
      paint();
      return schedule();
    }
    if (!dirty.view) {
      // At rest for a moment: once more, with smooth edges.
      if (!isFine && now - lastChange > restMs) {
        isFine = true;
        draw();
      } else if (!isFine) schedule();
      return;
    }
    const { picture: isOther } = dirty;
    dirty = { picture: false, view: false, over: false };
    fit();
    if (isOther) drawInset();
    draw();
    tell();
    pace(now);
    schedule();
  }

  function play(now: number): void {
    const { playing, frame } = setState.get();
    if (!playing || set === null) {
      startedAt = null;
      return;
    }
    startedAt ??= { time: now, frame };
    const { fps, frames } = set.plan;
    const next = startedAt.frame + Math.floor(((now - startedAt.time) / 1000) * (fps.num / fps.den));
    if (next >= frames) startedAt = { time: now, frame: 0 };
    changeSetState({ frame: next >= frames ? 0 : next });
    touch({ picture: true });
  }

  /** Lets others' cameras glide to where they are, and one's own to where it is asked to be. */
  function follow(passed: number): void {
    const part = 1 - Math.exp(-passed * 12);
    for (const { peer, shown } of others) if (near(shown, poseOf(peer), part)) touchOver();
    const { following } = setState.get();
    const leader = others.find(({ peer }) => peer.clientId === following);
    if (leader && !isThrough()) goal = poseOf(leader.peer);
    if (goal !== null) {
      const isThere = pose.eye.equals(goal.eye) && pose.look.equals(goal.look);
      near(pose, goal, part);
      if (!isThere) touch({});
      else if (!leader) goal = null;
    }
  }

  /** People and pieces where hands hold them, mine and the others'. */
  function overrides(): Held[] {
    const held = others.flatMap(({ peer }): Held[] => {
      const { holding } = peer.stage;
      return holding === null ? [] : [{ id: holding.id as Held["id"], at: holding.at as Vec3, facing: holding.facing }];
    });
    const own = hands.held();
    return own === null ? held : [...held.filter(({ id }) => id !== own.id), own];
  }

  function pose3d(): void {
    if (built === null || set === null) return;
    for (const { id, at, facing } of overrides()) {
      const inner = innerId(id);
      const index = id.startsWith("person:") ? set.plan.cast.findIndex((each) => personId(each.name) === id) : -1;
      const person = set.plan.cast[index];
      const object = person ? built.characters[index]?.object : (built.pieces.get(inner) ?? built.lights.get(inner));
      if (object === undefined) continue;
      if (person) {
        object.position.add(new THREE.Vector3(...at).sub(new THREE.Vector3(...person.at)));
        object.rotation.y += ((facing - person.facing) * Math.PI) / 180;
      } else {
        object.position.set(...at);
        if (id.startsWith("piece:")) object.rotation.y = (facing * Math.PI) / 180;
      }
      object.updateMatrixWorld(true);
    }
  }

  /** The shot's camera now: as the plan has it, as it was put by hand, or as it is being moved. */
  function shotNow() {
    const view = views!.at(seconds());
    if (loose !== null && isThrough()) return { ...view, eye: loose.eye.clone(), look: loose.look.clone() };
    const held = overrides().find(({ id }) => id === "camera" || (id.startsWith("key:") && id === keyHere()));
    return held ? { ...view, eye: new THREE.Vector3(...held.at) } : view;
  }
  const keyHere = () => {
    const key = set?.staging.keys.find(({ frame }) => frame === setState.get().frame);
    return key ? `key:${key.id}` : "";
  };

  function drawInset(): void {
    if (built === null || set === null || !insetPicture.isShown()) return;
    const view = shotNow();
    insetPicture.draw(built, set.plan, view, film.width / film.height, ratio(), seconds(), (lens) => {
      built?.update(seconds(), lens);
      pose3d();
      grid.visible = false;
    });
    const all = size();
    renderer.setViewport(0, 0, all.width, all.height);
  }

  function aim(): void {
    const { width, height } = size();
    camera.aspect = width / height;
    if (isThrough()) {
      const view = shotNow();
      placeCamera(camera, view);
      const inner = gateIn(width, height);
      camera.fov =
        (2 * Math.atan(Math.tan((view.verticalFov * Math.PI) / 360) * (height / inner.height)) * 180) / Math.PI;
      camera.near = 0.08;
    } else {
      camera.position.copy(pose.eye);
      camera.up.set(0, 1, 0);
      camera.lookAt(pose.look);
      camera.fov = ownFov;
      camera.near = frameRange(set!.plan, pose).near;
    }
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld(true);
  }

  function gateIn(width: number, height: number) {
    const aspect = film.width / film.height;
    const wide = Math.min(width, height * aspect);
    const inner = { width: wide, height: wide / aspect };
    return { ...inner, x: (width - inner.width) / 2, y: (height - inner.height) / 2 };
  }

  function draw(): void {
    if (built === null || set === null || views === null) return;
    aim();
    const state = setState.get();
    built.update(seconds(), camera);
    pose3d();
    grid.visible = state.grid && !isThrough();
    grid.position.y = floorOf() + 0.012;
    if (grid.parent !== built.scene) built.scene.add(grid);
    const giveBack = state.light === "clay" ? lightAsClay(built.scene) : null;
    renderer.info.reset();
    picture.render(built.scene, camera, state.light === "clay" ? 0.36 : 1, isFine);
    giveBack?.();
    paint();
  }

  function overNow(): Over {
    const { width, height } = size();
    return {
      set: set!,
      views: views!,
      state: setState.get(),
      seconds: seconds(),
      peers: others,
      held: overrides(),
      own: hands.carried(),
      painter: painterFor(context, camera, width, height),
      shot: shotNow(),
      isThrough: isThrough(),
      floor: floorOf(),
      aspect: film.width / film.height,
      mayEdit: parts.mayEdit,
      hover,
      ray,
      camera,
      width,
      height,
      gate: isThrough() ? gateIn(width, height) : null,
    };
  }

  function paint(): void {
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    context.clearRect(0, 0, over.width, over.height);
    labels.show(paintOver(overNow()));
  }

  function fit(): void {
    const { width, height } = size();
    if (canvas.width === Math.floor(width * ratio()) && canvas.height === Math.floor(height * ratio())) return;
    renderer.setPixelRatio(ratio());
    renderer.setSize(width, height, false);
    picture.resize(canvas.width, canvas.height);
    Object.assign(over, { width: canvas.width, height: canvas.height });
  }

  function tell(): void {
    parts.onTell(isThrough() ? viewOf(shotNow()) : ownView(), isThrough(), hands.carried());
  }

  function pace(now: number): void {
    const passed = now - paced.last;
    paced.last = now;
    // Only of pictures that follow one another: a set at rest is not drawn.
    if (passed < 300) paced.each = paced.each === 0 ? passed : paced.each * 0.8 + passed * 0.2;
    if (now - paced.shown < 300) return;
    paced.shown = now;
    const { calls, triangles } = renderer.info.render;
    const rate = paced.each === 0 ? "" : `${Math.round(1000 / paced.each)} fps   `;
    parts.stats.textContent = `${rate}${Math.round(triangles / 1000)} k triangles   ${calls} draws`;
  }

  const ownView = (): SetView => ({ eye: vec(pose.eye), look: vec(pose.look), lensMm: ownLens });

  const stopState = setState.subscribe(() => {
    const { look, isLoose } = setState.get();
    if (look !== "camera" || !isLoose) loose = null;
    touch({ picture: true });
  });
  const resized = new ResizeObserver(() => touch({ picture: true }));
  resized.observe(canvas);
  resized.observe(inset);
  canvas.addEventListener("webglcontextrestored", () => touch({ picture: true }));

  function rebuild(next: ShotSet): void {
    const isFirst = built === null;
    grid.removeFromParent();
    built?.dispose();
    built = buildScene(next.plan, { tier: "draft", sets });
    insetPicture.forget();
    if (isFirst || set?.plan.place !== next.plan.place) Object.assign(pose, overview(next.plan, parts.seat));
  }

  return {
    show(next, filmSize) {
      film = filmSize;
      const isOther = built === null || set?.shot.sceneId !== next.shot.sceneId;
      if (built === null || !built.apply(next.plan)) rebuild(next);
      if (isOther && set !== null) Object.assign(pose, overview(next.plan, parts.seat));
      set = next;
      hands.forget();
      views = viewsOf(next.plan, built!, film.width / film.height);
      parts.onShown();
      touch({ picture: true });
    },
    peers(list) {
      others = list.map((peer) => ({
        peer,
        shown: others.find((other) => other.peer.clientId === peer.clientId)?.shown ?? poseOf(peer),
      }));
      const isHeld = list.some(({ stage }) => stage.holding !== null);
      // What somebody lets go of is drawn once more, too.
      if (isHeld || wereHeld) touch({ picture: true });
      else touchOver();
      wereHeld = isHeld;
    },
    ownView: () => (isThrough() && views ? viewOf(shotNow()) : ownView()),
    shotView(frame) {
      const fps = set?.plan.fps ?? { num: 24, den: 1 };
      const view = views?.at((frame * fps.den) / fps.num);
      return view ? { ...viewOf(view), focus: view.focus } : { ...ownView(), focus: 4 };
    },
    spot() {
      const { width, height } = size();
      const at = onLevel(ray(width / 2, height * 0.6), floorOf());
      const [x, , z] = at ?? set?.plan.cast[0]?.at ?? [0, 0, 0];
      const far = at === null ? 0 : Math.hypot(x - pose.eye.x, z - pose.eye.z);
      return snapped(far > 30 ? [pose.look.x, floorOf(), pose.look.z] : [x, floorOf(), z], false);
    },
    lookAt(at) {
      const look = new THREE.Vector3(at[0], at[1] + 1, at[2]);
      const arm = pose.eye.clone().sub(pose.look).setLength(5.5);
      goal = { eye: look.clone().add(arm), look };
      touch({});
    },
    async snap(frame) {
      if (set === null) throw new Error("there is no set");
      const plate = document.createElement("canvas");
      const scale = Math.min(1, 1280 / film.width);
      const [width, height] = [even(film.width * scale), even(film.height * scale)];
      const stage = createStage({ canvas: plate, plan: set.plan, width, height, tier: "standard" });
      try {
        stage.renderFrame((frame * set.plan.fps.den) / set.plan.fps.num);
        return await new Promise<Blob>((done, fail) =>
          plate.toBlob((blob) => (blob ? done(blob) : fail(new Error("The picture could not be taken."))), "image/png"),
        );
      } finally {
        stage.dispose();
        // A browser has few drawing contexts to give.
        plate.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
      }
    },
    dispose() {
      isGone = true;
      cancelAnimationFrame(scheduled);
      stopState();
      resized.disconnect();
      hands.stop();
      labels.show([]);
      grid.removeFromParent();
      built?.dispose();
      insetPicture.forget();
      picture.dispose();
      renderer.dispose();
    },
  };
}

interface Point2 {
  x: number;
  y: number;
}

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2);
const vec = (at: THREE.Vector3): Vec3 => rounded(at.toArray());
const viewOf = (view: { eye: THREE.Vector3; look: THREE.Vector3; lensMm: number }): SetView => ({
  eye: vec(view.eye),
  look: vec(view.look),
  lensMm: Math.round(view.lensMm * 10) / 10,
});

function poseOf({ stage }: SetPeer): Pose {
  return { eye: new THREE.Vector3(...stage.eye), look: new THREE.Vector3(...stage.look) };
}
