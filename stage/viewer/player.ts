import { generationFiles } from "#domain/generation/manifest.ts";
import { titleOf } from "#domain/generation/title.ts";
import { createClock } from "./clock.ts";
import { createCloud } from "./cloud.ts";
import { coming } from "./coming.ts";
import { createCopyLink } from "./copy-link.ts";
import { size } from "./dom.ts";
import { openDownloads } from "./downloads.ts";
import { openEye } from "./eye.ts";
import { createFigures } from "./figures.ts";
import { createFrame, type ViewerState } from "./frame.ts";
import type { LookBy } from "./hands.ts";
import { keysInWords, listenToKeys } from "./keys.ts";
import { loadScene, type LoadedScene } from "./load-scene.ts";
import { goingOn } from "./marks.ts";
import { mixed } from "./mixer.ts";
import { createPace, less } from "./quality.ts";
import { createScrubBar } from "./scrub-bar.ts";
import { createSoundControls } from "./sound-controls.ts";
import { fullScreen, listenOnPage } from "./on-page.ts";
import type { ViewerSource } from "./source.ts";
import type { Viewer } from "./viewer.ts";
import { helpFor, kickerOf } from "./words.ts";

export type { ViewerSource } from "./source.ts";
export type { Viewer } from "./viewer.ts";

/** How long the help stays, milliseconds. */
const helpStays = 4500;
const keysStay = 9000;
/** How long after the last touch the controls stay, milliseconds. */
const idleAfter = 2600;
/** Where of the film the picture behind the title is from. */
const coverAt = 0.35;

/**
 * Opens a generated scene in an element: its poster and title first, and after a gesture the scene itself, with its
 * people, its camera and its sound. Needs no framework and no server, only what the source brings.
 */
export function openViewer(root: HTMLElement, source: ViewerSource): Viewer {
  const { manifest } = source;
  const isListed = (name: string) => manifest.files.some((file) => file.name === name);
  const leave = new AbortController();
  const { signal } = leave;
  const scrub = createScrubBar(manifest.seconds, seek);
  const frame = createFrame(
    root,
    {
      title: titleOf(manifest.prompt),
      kicker: kickerOf(manifest.seconds),
      poster: manifest.poster === null ? null : source.url(manifest.poster),
      seconds: manifest.seconds,
      splats: source.splats !== undefined && isListed(generationFiles.background),
      stems: mixed.every(({ file }) => isListed(file)),
      link: source.link !== undefined,
    },
    {
      start: begin,
      toggle,
      look,
      mute: () => sounds.mute(),
      volume: (to) => sounds.setVolume(to),
      mixer: () => sounds.mixer(),
      splats: () => cloud.toggle(),
      stats: () => figures.toggle(),
      downloads,
      copyLink: () => void copyLink(source.link ?? ""),
      fullScreen: () => fullScreen(frame),
    },
    scrub.element,
  );
  const copyLink = createCopyLink(frame, signal);
  const scene = coming(bring);
  const eye = openEye(frame, manifest, () => scene.here);
  const sounds = createSoundControls(
    frame,
    source,
    () => scene.here?.sound ?? null,
    () => {
      if (state === "playing") scene.here?.sound.play(clock.now());
    },
    signal,
  );
  const cloud = createCloud(source, frame, eye, () => scene.here, wake);
  const clock = createClock(manifest.seconds, () => scene.here?.sound.tick() ?? performance.now() / 1000);
  const pace = createPace();
  const figures = createFigures({ frame, eye, cloud, pace, isRunning: () => clock.running });
  let state: ViewerState = "cover";
  let wants = false;
  let idle = 0;
  let sheet: { close(): void } | null = null;
  let film: HTMLVideoElement | null = null;
  let before = performance.now();
  let request = 0;
  let helping: ReturnType<typeof setTimeout> | undefined;

  function setState(next: ViewerState): void {
    state = next;
    frame.setState(next);
    wake();
  }

  async function bring(left: AbortSignal): Promise<LoadedScene> {
    const came = (bytes: number, total: number) =>
      frame.setLoaded(Math.min(0.98, bytes / total), `Loading ${size(bytes)} of ${size(total)}`);
    const loaded = await loadScene(source, { software: eye.software, came, signal: left });
    loaded.world.castShadows(eye.quality.shadows);
    scrub.setMarks(loaded.marks);
    frame.setLoaded(1, loaded.sound.there ? "Plays with sound" : "Without sound");
    // Behind the title the scene itself stands instead of its small poster.
    clock.seek(manifest.seconds * coverAt);
    // The library makes the shaders of shadows with its second picture: later, playing would stumble over it.
    if (!eye.software) eye.draw(loaded, clock.now(), 0);
    eye.dirty = true;
    return loaded;
  }

  /** @returns null when it did not come, which is said then, or when one has left */
  async function load(): Promise<LoadedScene | null> {
    try {
      const loaded = await scene.get();
      if (loaded !== null) sounds.apply();
      return loaded;
    } catch (error) {
      wants = false;
      setState("wrong");
      frame.setCard({
        title: "This scene could not be loaded",
        text: error instanceof Error ? error.message : String(error),
        deeds: [{ label: "Try again", does: reload }, ...filmDeed()],
      });
      return null;
    }
  }

  function reload(): void {
    frame.setCard(null);
    setState("cover");
    void load();
  }

  const filmDeed = () =>
    isListed(generationFiles.film) ? [{ label: "Watch the film instead", does: () => watchFilm(null) }] : [];

  /** @param why  said beside it; null when one chose it */
  function watchFilm(why: string | null): void {
    cancelAnimationFrame(request);
    scene.here?.sound.stop();
    frame.setCard(null);
    setState("film");
    frame.setNote(why);
    film = frame.showFilm(source.url(generationFiles.film));
    eye.layout();
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
    const ready = await load();
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
    scene.here?.sound.stop();
    if (state === "playing") setState("paused");
  }

  function toggle(): void {
    if (film !== null) {
      if (film.paused) void film.play().catch(() => undefined);
      else film.pause();
    } else if (state === "playing") pause();
    else begin();
  }

  function seek(seconds: number, holding = false): void {
    if (film !== null) film.currentTime = seconds;
    if (scene.here === null || state === "film" || state === "wrong") return;
    clock.seek(seconds);
    eye.dirty = true;
    if (state === "ended") setState("paused");
    if (state !== "playing") return;
    // While one holds the bar there is only the picture.
    if (holding) scene.here.sound.stop();
    else scene.here.sound.play(clock.now());
  }

  const now = () => film?.currentTime ?? clock.now();

  function look(next: LookBy): void {
    if (scene.here === null || !eye.draws || state === "film" || state === "wrong") return;
    if (state === "ended" || state === "cover") setState("paused");
    frame.showPoster(false);
    eye.take(next, scene.here, now());
    frame.setMode(next);
    wake();
    help(helpFor(next, matchMedia("(pointer: coarse)").matches), helpStays);
  }

  function help(text: string | null, stays: number): void {
    frame.setHelp(text);
    clearTimeout(helping);
    helping = setTimeout(() => frame.setHelp(null), stays);
  }

  function downloads(): void {
    if (sheet !== null) return sheet.close();
    frame.keep.setAttribute("aria-expanded", "true");
    sheet = openDownloads(frame.viewer, source, () => {
      sheet = null;
      frame.keep.setAttribute("aria-expanded", "false");
      frame.rest();
    });
  }

  function tick(time: number): void {
    request = requestAnimationFrame(tick);
    const loaded = scene.here;
    const passed = Math.min(0.1, (time - before) / 1000);
    if (loaded !== null) show(loaded, passed, time);
    before = time;
  }

  function show(loaded: LoadedScene, passed: number, time: number): void {
    const at = clock.now();
    // Splats are put in order while one looks at them.
    const still = !clock.running && eye.by === "film" && !eye.dirty && !eye.quality.splats;
    if (!still) {
      eye.dirty = false;
      eye.draw(loaded, at, passed);
      if (state === "cover") frame.showPoster(false);
      if (clock.running && pace.slow(time - before)) settle(loaded);
    }
    scrub.show(state === "cover" ? 0 : at);
    const going = goingOn(loaded.marks, at).map(({ label }) => label);
    frame.setTime(at, going.join(" · "));
    figures.tell(loaded.sound, time);
    if (state === "playing" && at >= manifest.seconds) {
      // Who looks around goes on looking: the scene begins anew.
      if (eye.by !== "film") seek(0);
      else {
        pause();
        setState("ended");
      }
    }
    const watches = state === "playing" && eye.by === "film" && sheet === null && !sounds.isOpen;
    frame.setIdle(watches && performance.now() - idle > idleAfter);
  }

  /** Asks less of a machine that cannot keep up. */
  function settle(loaded: LoadedScene): void {
    const next = less(eye.quality);
    if (next === null) return;
    if (next.shadows !== eye.quality.shadows) loaded.world.castShadows(next.shadows);
    if (next.splats !== eye.quality.splats) cloud.show(next.splats);
    eye.quality = next;
  }

  function wake(): void {
    idle = performance.now();
    frame.setIdle(false);
    eye.dirty = true;
  }

  listenToKeys(
    {
      ...{ toggle, downloads, look },
      stats: () => figures.toggle(),
      fullScreen: () => fullScreen(frame),
      mute: () => (film === null ? sounds.mute() : void (film.muted = !film.muted)),
      louder: (by) => sounds.louder(by),
      splats: () => cloud.toggle(),
      help: () => help(keysInWords, keysStay),
      skip: (seconds) => seek(now() + seconds),
      goTo: (part) => seek(part * manifest.seconds),
      step(frames) {
        pause();
        seek(now() + (frames * manifest.fps.den) / manifest.fps.num);
      },
    },
    () => ({ by: eye.by, covered: sheet !== null }),
    wake,
    signal,
  );
  listenOnPage(
    frame,
    {
      wake,
      tapped: () => eye.by === "film" && toggle(),
      outOfSight: pause,
      resized: () => eye.layout(),
      lost() {
        pause();
        setState("wrong");
        frame.setCard({
          title: "The graphics were reset",
          text: "The browser took its graphics back. Nothing is lost: reload to go on.",
          deeds: [{ label: "Reload", does: () => location.reload() }, ...filmDeed()],
        });
      },
    },
    signal,
  );
  frame.setMode("film");
  frame.setState("cover");
  sounds.apply();
  frame.setTime(0, "");
  scrub.show(0);
  eye.layout();
  if (eye.draws) {
    void load();
    request = requestAnimationFrame(tick);
  } else watchFilm("This browser cannot show 3D here, so this is the rendered film. The 3D scene is under Downloads.");

  return {
    play,
    pause,
    seek,
    get view() {
      return eye.by;
    },
    set view(next) {
      look(next);
    },
    get state() {
      return state;
    },
    now,
    level: () => scene.here?.sound.level() ?? 0,
    stats: () => figures.now(),
    dispose() {
      if (signal.aborted) return;
      leave.abort();
      cancelAnimationFrame(request);
      clearTimeout(helping);
      pause();
      sounds.dispose();
      cloud.dispose();
      scene.dispose();
      eye.dispose();
      root.replaceChildren();
    },
  };
}
