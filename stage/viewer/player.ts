import * as THREE from "three";
import { generationFiles } from "#domain/generation/manifest.ts";
import { titleOf } from "#domain/generation/title.ts";
import { cameraAt } from "./camera-way.ts";
import { createClock } from "./clock.ts";
import { size } from "./dom.ts";
import { openDownloads } from "./downloads.ts";
import { createFrame, type ViewerState } from "./frame.ts";
import { isTyping, type LookBy, looks, openHands } from "./hands.ts";
import { mixed } from "./mixer.ts";
import { loadScene, type LoadedScene } from "./load-scene.ts";
import { goingOn } from "./marks.ts";
import { openPicture, type Picture } from "./picture.ts";
import { createPace, less, type Quality } from "./quality.ts";
import { createScrubBar } from "./scrub-bar.ts";
import { createSoundControls } from "./sound-controls.ts";
import { openSplats, type SplatLayer } from "./splat-layer.ts";
import type { ViewerSource } from "./source.ts";
import { figureRows, helpFor, kickerOf } from "./words.ts";

export type { ViewerSource } from "./source.ts";

export type Viewer = {
  play(): Promise<void>;
  pause(): void;
  seek(seconds: number): void;
  view: LookBy;
  readonly state: ViewerState;
  now(): number;
  /** How loud it is right now, root mean square, 0 to 1. */
  level(): number;
  stats(): { fps: number; draws: number; triangles: number; splats: number; scale: number; device: string };
  dispose(): void;
};

declare global {
  interface Window {
    /** The page's viewer; in a package also what it plays. */
    backlot?: {
      viewer?: Viewer;
      manifest?: unknown;
      /** What came of the scripts in `data/`, in base64, by name. */
      files?: Record<string, string>;
    };
  }
}

/** Pixels of a picture that is drawn without a GPU, at most. */
const softwarePixels = 640 * 360;
/** How long the help stays, milliseconds. */
const helpStays = 4500;
/** How long after the last touch the controls stay, milliseconds. */
const idleAfter = 2600;

/**
 * Opens a generated scene in an element: its poster and title first, and after a gesture the scene itself, with its
 * people, its camera and its sound. Needs no framework and no server, only what the source brings.
 */
export function openViewer(root: HTMLElement, source: ViewerSource): Viewer {
  const { manifest } = source;
  const scrub = createScrubBar(manifest.seconds, seek);
  const frame = createFrame(
    root,
    {
      title: titleOf(manifest.prompt),
      kicker: kickerOf(manifest.seconds),
      poster: manifest.poster === null ? null : source.url(manifest.poster),
      seconds: manifest.seconds,
      splats: source.splats !== undefined && manifest.files.some(({ name }) => name === generationFiles.background),
      stems: mixed.every(({ file }) => manifest.files.some(({ name }) => name === file)),
    },
    {
      start: begin,
      toggle,
      look,
      mute: () => sounds.mute(),
      volume: (to) => sounds.setVolume(to),
      mixer: () => sounds.mixer(),
      splats: toggleSplats,
      stats: toggleStats,
      downloads,
      fullScreen,
    },
    scrub.element,
  );
  const sounds = createSoundControls(
    frame,
    source,
    () => loaded?.sound ?? null,
    () => {
      if (state === "playing") loaded?.sound.play(clock.now());
    },
  );
  const camera = new THREE.PerspectiveCamera(40, manifest.width / manifest.height, 0.08, 420);
  const picture: Picture | null = openPicture(frame.canvas, manifest.seed);
  const hands =
    picture === null
      ? null
      : openHands(
          camera,
          frame.canvas,
          () => (dirty = true),
          (from, to) => loaded?.world.clear(from, to) ?? 1,
        );
  const clock = createClock(manifest.seconds, () => loaded?.sound.tick() ?? performance.now() / 1000);
  const pace = createPace();
  const leave = new AbortController();
  let quality: Quality = { scale: 1, splats: false, shadows: picture?.software === false };
  let loaded: LoadedScene | null = null;
  let loading: Promise<LoadedScene | null> | null = null;
  let state: ViewerState = "cover";
  let by: LookBy = "film";
  let wants = false;
  let figures = false;
  let dirty = true;
  let idle = 0;
  let sheet: { close(): void } | null = null;
  let cloud: SplatLayer | null = null;
  let gathering = false;
  let before = performance.now();
  let shown = 0;
  let request = 0;
  let helping: ReturnType<typeof setTimeout> | undefined;

  function setState(next: ViewerState): void {
    state = next;
    frame.setState(next);
    wake();
  }

  async function load(): Promise<LoadedScene | null> {
    try {
      const scene = await loadScene(source, {
        software: picture?.software ?? true,
        came: (bytes, total) =>
          frame.setLoaded(Math.min(0.98, bytes / total), `Loading ${size(bytes)} of ${size(total)}`),
      });
      scene.world.castShadows(quality.shadows);
      scrub.setMarks(scene.marks);
      frame.setLoaded(1, scene.sound.there ? "Plays with sound" : "Without sound");
      // Behind the title the scene itself stands instead of its small poster.
      clock.seek(manifest.seconds * 0.35);
      dirty = true;
      loaded = scene;
      sounds.apply();
      return scene;
    } catch (error) {
      loading = null;
      wants = false;
      setState("wrong");
      frame.setCard({
        title: "This scene did not load",
        text: error instanceof Error ? error.message : String(error),
        deeds: [{ label: "Try again", does: reload }, ...filmDeed()],
      });
      return null;
    }
  }

  function reload(): void {
    frame.setCard(null);
    setState("cover");
    loading = load();
  }

  const filmDeed = () =>
    manifest.files.some(({ name }) => name === generationFiles.film)
      ? [{ label: "Watch the film instead", does: () => watchFilm(null) }]
      : [];

  /** @param why  said beside it; null when one chose it */
  function watchFilm(why: string | null): void {
    cancelAnimationFrame(request);
    loaded?.sound.stop();
    frame.setCard(null);
    setState("film");
    frame.setNote(why);
    const film = frame.showFilm(source.url(generationFiles.film));
    layout();
    if (why === null) void film.play().catch(() => undefined);
  }

  /** The gesture: from here on there is sound. */
  function begin(): void {
    if (state === "ended") clock.seek(0);
    void play();
  }

  async function play(): Promise<void> {
    if (state === "film" || state === "wrong") return;
    wants = true;
    const ready = loaded ?? (await (loading ??= load()));
    if (ready === null || !wants) return;
    await ready.sound.wake(() => {
      if (state === "playing") ready.sound.play(clock.now());
    });
    if (!wants) return;
    if (state === "cover" || clock.now() >= manifest.seconds) clock.seek(0);
    ready.sound.play(clock.now());
    clock.start();
    frame.showPoster(false);
    setState("playing");
  }

  function pause(): void {
    wants = false;
    clock.stop();
    loaded?.sound.stop();
    if (state === "playing") setState("paused");
  }

  function toggle(): void {
    if (state === "playing") pause();
    else begin();
  }

  function seek(seconds: number, holding = false): void {
    if (loaded === null || state === "film" || state === "wrong") return;
    clock.seek(seconds);
    dirty = true;
    if (state === "ended") setState("paused");
    if (state !== "playing") return;
    // While one holds the bar there is only the picture.
    if (holding) loaded.sound.stop();
    else loaded.sound.play(clock.now());
  }

  function look(next: LookBy): void {
    if (hands === null || loaded === null) return;
    if (state === "ended" || state === "cover") setState("paused");
    by = next;
    hands.take(next, loaded.world.middle());
    frame.setMode(next);
    layout();
    wake();
    frame.setHelp(helpFor(next, matchMedia("(pointer: coarse)").matches));
    clearTimeout(helping);
    helping = setTimeout(() => frame.setHelp(null), helpStays);
  }

  function toggleSplats(): void {
    if (cloud !== null) return showSplats(!quality.splats);
    if (gathering || source.splats === undefined || loaded === null || picture === null) return;
    gathering = true;
    frame.setNote("Gathering splats …");
    Promise.all([source.splats(), source.read(generationFiles.background, () => undefined)])
      .then(([spark, bytes]) => openSplats(spark, bytes, picture.renderer))
      .then((layer) => {
        cloud = layer;
        frame.setNote(null);
        showSplats(true);
      })
      .catch(() => frame.setNote("The splats did not come. The set stays as it is."))
      .finally(() => (gathering = false));
  }

  function showSplats(shown: boolean): void {
    if (cloud === null || loaded === null) return;
    quality = { ...quality, splats: shown };
    if (shown) loaded.world.scene.add(cloud.object);
    else cloud.object.removeFromParent();
    loaded.world.showSet(!shown);
    frame.splats.setAttribute("aria-pressed", String(shown));
    wake();
  }

  function toggleStats(): void {
    figures = !figures;
    if (!figures) frame.setFigures(null);
    dirty = true;
    shown = 0;
  }

  function downloads(): void {
    if (sheet !== null) return sheet.close();
    const from = document.activeElement;
    frame.keep.setAttribute("aria-expanded", "true");
    sheet = openDownloads(frame.viewer, source, () => {
      sheet = null;
      frame.keep.setAttribute("aria-expanded", "false");
      if (from instanceof HTMLElement) from.focus();
    });
  }

  function fullScreen(): void {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    else
      void frame.viewer
        .requestFullscreen?.()
        .catch(() => frame.setNote("This browser does not allow full screen here."));
  }

  /** The film keeps its shape; who looks around has the whole window. */
  function layout(): void {
    const { clientWidth: width, clientHeight: height } = frame.viewer;
    if (width === 0 || height === 0) return;
    const shape = manifest.width / manifest.height;
    const wide = Math.min(width, height * shape);
    const [w, h] = by === "film" ? [wide, wide / shape] : [width, height];
    frame.box.style.width = `${w}px`;
    frame.box.style.height = `${h}px`;
    camera.aspect = w / h;
    camera.updateProjectionMatrix();
    if (picture === null) return;
    const wanted = Math.min(devicePixelRatio, 2) * quality.scale;
    const most = picture.software ? Math.sqrt((softwarePixels * quality.scale) / (w * h)) : wanted;
    picture.resize(w, h, Math.min(wanted, most));
    dirty = true;
  }

  function place(now: number, seconds: number): { focus: number; blur: number } {
    const { world, timeline } = loaded!;
    const view = cameraAt(timeline.camera, now);
    if (by === "film") {
      camera.position.set(...view.eye);
      const roll = (view.roll * Math.PI) / 180;
      camera.up.set(Math.sin(roll), Math.cos(roll), 0);
      camera.lookAt(...view.target);
      camera.fov = view.fov;
    } else {
      // A long lens is for the film; who looks around sees more.
      camera.fov += (Math.max(48, Math.min(70, view.fov)) - camera.fov) * Math.min(1, seconds * 5);
      if (hands?.move(seconds, world.middle()) === true) dirty = true;
    }
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld(true);
    return by === "film" ? view : { focus: 400, blur: 0 };
  }

  function tick(time: number): void {
    request = requestAnimationFrame(tick);
    const passed = Math.min(0.1, (time - before) / 1000);
    if (loaded === null || picture === null) {
      before = time;
      return;
    }
    const now = clock.now();
    // Splats are put in order while one looks at them.
    const still = !clock.running && by === "film" && !dirty && !quality.splats;
    if (!still) {
      dirty = false;
      const focus = place(now, passed);
      loaded.world.update(now, camera);
      if (quality.splats) picture.drawPlainly(loaded.world, camera);
      else picture.draw(loaded.world, camera, focus, now);
      if (state === "cover") frame.showPoster(false);
      if (clock.running && pace.slow(time - before)) settle();
    }
    before = time;
    scrub.show(state === "cover" ? 0 : now);
    frame.setTime(
      now,
      goingOn(loaded.marks, now)
        .map(({ label }) => label)
        .join(" · "),
    );
    if (figures && time - shown > 250) {
      shown = time;
      tellFigures();
    }
    if (state === "playing" && now >= manifest.seconds) {
      // Who looks around goes on looking: the scene begins anew.
      if (by !== "film") seek(0);
      else {
        pause();
        setState("ended");
      }
    }
    frame.setIdle(
      state === "playing" && by === "film" && sheet === null && !sounds.isOpen && performance.now() - idle > idleAfter,
    );
  }

  /** Asks less of a machine that cannot keep up. */
  function settle(): void {
    const next = less(quality);
    if (next === null) return;
    if (next.shadows !== quality.shadows) loaded?.world.castShadows(next.shadows);
    if (next.splats !== quality.splats) showSplats(next.splats);
    quality = next;
    layout();
  }

  function stats() {
    const { draws, triangles } = picture?.info() ?? { draws: 0, triangles: 0 };
    const fps = pace.mean === 0 ? 0 : 1000 / pace.mean;
    const splats = quality.splats ? (cloud?.count ?? 0) : 0;
    return { fps, draws, triangles, splats, scale: quality.scale, device: picture?.device ?? "none" };
  }

  function tellFigures(): void {
    const { width, height } = picture!.info();
    const { sound } = loaded!;
    const now = stats();
    frame.setFigures(
      figureRows({
        ...now,
        ...{ width, height, shadows: quality.shadows, level: sound.there ? sound.level() : null },
        fps: clock.running ? now.fps : null,
      }),
    );
  }

  function wake(): void {
    idle = performance.now();
    frame.setIdle(false);
    dirty = true;
  }

  function key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || sheet !== null) return;
    wake();
    const target = event.composedPath()[0];
    const onButton = target instanceof HTMLElement && target.matches("button, a") && /^( |Enter)$/.test(event.key);
    if (onButton) return;
    const does: Record<string, () => void> = {
      " ": toggle,
      k: toggle,
      m: () => sounds.mute(),
      f: fullScreen,
      i: toggleStats,
      p: toggleSplats,
      Escape: () => by !== "film" && look("film"),
      ...Object.fromEntries(looks.map((name, index) => [String(index + 1), () => look(name)])),
      ...(by === "fly"
        ? {}
        : {
            ArrowLeft: () => seek(clock.now() - 1),
            ArrowRight: () => seek(clock.now() + 1),
            Home: () => seek(0),
            ",": () => step(-1),
            ".": () => step(1),
          }),
    };
    const deed = does[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  }

  function step(frames: number): void {
    pause();
    seek(clock.now() + (frames * manifest.fps.den) / manifest.fps.num);
  }

  const { signal } = leave;
  document.addEventListener("keydown", key, { signal });
  for (const kind of ["pointermove", "pointerdown"] as const) frame.viewer.addEventListener(kind, wake, { signal });
  frame.canvas.addEventListener("click", () => by === "film" && toggle(), { signal });
  document.addEventListener("fullscreenchange", () => frame.setFull(document.fullscreenElement !== null), { signal });
  // Out of sight it stands still, and so does its sound.
  document.addEventListener("visibilitychange", () => document.hidden && pause(), { signal });
  frame.canvas.addEventListener(
    "webglcontextlost",
    (event) => {
      event.preventDefault();
      pause();
      setState("wrong");
      frame.setCard({
        title: "The picture was lost",
        text: "This browser gave its graphics to something else. Everything is still here.",
        deeds: [{ label: "Open it again", does: () => location.reload() }, ...filmDeed()],
      });
    },
    { signal },
  );
  const watch = new ResizeObserver(layout);
  watch.observe(frame.viewer);
  frame.setMode("film");
  frame.setState("cover");
  sounds.apply();
  frame.setTime(0, "");
  scrub.show(0);
  layout();
  if (picture === null)
    watchFilm(
      "This browser cannot draw in 3D here, so this is the film as it was rendered. The scene itself is under Downloads.",
    );
  else {
    loading = load();
    request = requestAnimationFrame(tick);
  }

  return {
    play,
    pause,
    seek,
    get view() {
      return by;
    },
    set view(next) {
      look(next);
    },
    get state() {
      return state;
    },
    now: () => clock.now(),
    level: () => loaded?.sound.level() ?? 0,
    stats,
    dispose() {
      cancelAnimationFrame(request);
      leave.abort();
      watch.disconnect();
      hands?.dispose();
      loaded?.sound.dispose();
      cloud?.dispose();
      loaded?.world.dispose();
      picture?.dispose();
      root.replaceChildren();
    },
  };
}
