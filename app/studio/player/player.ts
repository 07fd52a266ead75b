/**
 * The playback engine: once per screen refresh it asks the clock which frame it is, makes the picture follow, and
 * moves the transport's playhead. Paused, it only works until the right picture stands.
 */
import type { Film } from "#domain/film/snapshot.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { framesToSeconds, type Frames, type Seconds } from "#domain/time.ts";
import type { Transport } from "../session/transport.ts";
import type { Store } from "../session/store.ts";
import { masterClock } from "./master-clock.ts";
import { pictureDeck, type Wanted } from "./picture-deck.ts";
import { middleOfFrame, playbackPlan, type PlannedPicture, type PlaybackPlan } from "./playback-plan.ts";
import type { PlayerSettings } from "./player-settings.ts";
import { soundDeck } from "./sound-deck.ts";

export interface PlayerParts {
  videos: readonly [HTMLVideoElement, HTMLVideoElement];
  transport: Transport;
  settings: Store<PlayerSettings>;
  film: () => Film;
  takes: () => readonly TakeView[];
  /** After every step, for what is shown beside the picture. */
  report(now: PlayerReport): void;
}

export interface PlayerReport {
  frame: Frames;
  playing: boolean;
  dropped: number;
  clock: "audio" | "system";
  /** The picture of this very frame is on screen. */
  settled: boolean;
}

export interface Player {
  /** The film or its takes changed: look again. */
  wake(): void;
  close(): void;
}

/** Time between pressing play and the first frame: enough to get decoder and sound card going together. */
const leadSeconds: Seconds = 0.08;

/** Video elements take about this long from `play()` to the first new picture. */
const videoLeadSeconds: Seconds = 0.03;

export function startPlayer(parts: PlayerParts): Player {
  const { transport, settings } = parts;
  const sounds = soundDeck();
  const pictures = pictureDeck(parts.videos);
  const clock = masterClock(sounds.context, () => performance.now() / 1000);
  let run: { from: Frames; began: Seconds; speed: number; soundKey: string } | null = null;
  /** The frame this engine put the playhead at; any other one was put there by somebody else: a seek. */
  let ownFrame = transport.frame;
  let loop = 0;
  let idleSteps = 0;

  const rate = () => parts.film().meta.fps;
  const planAt = (frame: Frames) => playbackPlan(parts.film(), parts.takes(), frame);
  const level = () => (settings.get().muted ? 0 : settings.get().volume);

  function begin(from: Frames) {
    const { speed } = settings.get();
    const plan = planAt(from);
    sounds.open();
    sounds.setVolume(level());
    const start = speed > 0 && from >= endFrame(plan) ? startFrame() : from;
    run = { from: start, began: clock.now() + leadSeconds + sounds.latency(), speed, soundKey: soundKeyOf(plan) };
    ownFrame = start;
    transport.setFrame(start);
    if (speed === 1) sounds.start(plan.sounds, start, rate(), leadSeconds);
    else sounds.stop();
  }

  function end() {
    run = null;
    sounds.stop();
  }

  const startFrame = () => settings.get().markIn ?? 0;
  /** Playing stops here: behind the out mark when the playhead is ahead of it, else at the end of the film. */
  function endFrame(plan: PlaybackPlan): Frames {
    const { markOut, loop: isLooping } = settings.get();
    return isLooping && markOut !== null ? Math.min(markOut, plan.length) : plan.length;
  }

  function step() {
    loop = 0;
    if (transport.playing && run === null) begin(transport.frame);
    if (!transport.playing && run !== null) end();
    if (run !== null && transport.frame !== ownFrame) begin(transport.frame);
    if (run !== null && settings.get().speed !== run.speed) begin(transport.frame);

    let exact = transport.frame as number;
    if (run !== null) {
      const passed = Math.max(0, clock.now() - run.began) * run.speed;
      exact = Math.max(0, run.from + passed / framesToSeconds(1, rate()));
      const plan = planAt(Math.floor(exact));
      const isOver = run.speed > 0 ? exact >= endFrame(plan) : exact <= 0;
      if (isOver) {
        if (settings.get().loop && run.speed > 0 && plan.length > 0) {
          begin(startFrame());
          exact = run.from;
        } else {
          exact = run.speed > 0 ? Math.max(0, plan.length - 1) : 0;
          end();
          transport.pause();
        }
      } else if (soundKeyOf(plan) !== run.soundKey) begin(Math.floor(exact));
      else sounds.mix(plan.sounds);
      ownFrame = Math.floor(exact + 1e-6);
      transport.setFrame(ownFrame);
    }

    const frame = transport.frame;
    const plan = planAt(frame);
    const isSmooth = run !== null && run.speed > 0 && run.speed <= 4 && clock.now() > run.began - videoLeadSeconds;
    const fraction = isSmooth ? exact - frame : 0.5;
    const wanted = wantedOf(plan.picture, fraction);
    pictures.follow(wanted, plan.next && wantedOf(plan.next, 0.5), {
      playing: isSmooth,
      speed: run?.speed ?? 1,
      frame: framesToSeconds(1, rate()),
    });
    parts.report({
      frame,
      playing: run !== null,
      dropped: pictures.dropped(),
      clock: clock.source(),
      settled: pictures.isSettled(),
    });

    idleSteps = run !== null || !pictures.isSettled() ? 0 : idleSteps + 1;
    // A while longer, so that the next picture gets ready behind the one that stands.
    if (idleSteps < 90) wake();
  }

  function wantedOf(picture: PlannedPicture | null, fraction: number): Wanted | null {
    if (picture === null) return null;
    const { clip, take, sourceFrame } = picture;
    const isLast = sourceFrame >= take.frames - 1;
    const at =
      fraction === 0.5 || isLast ? middleOfFrame(sourceFrame, rate()) : framesToSeconds(sourceFrame + fraction, rate());
    return { clipId: clip.id, url: take.videoUrl, at };
  }

  function wake() {
    if (loop === 0) loop = requestAnimationFrame(step);
  }

  const stopTransport = transport.subscribe(() => {
    idleSteps = 0;
    if (transport.playing && run === null) {
      // Here and not in the next frame: browsers let sound begin only inside the click that asked for it.
      pictures.resetDropped();
      begin(transport.frame);
    }
    wake();
  });
  const stopSettings = settings.subscribe(() => {
    sounds.setVolume(level());
    wake();
  });
  wake();

  return {
    wake() {
      idleSteps = 0;
      wake();
    },
    close() {
      cancelAnimationFrame(loop);
      loop = -1;
      stopTransport();
      stopSettings();
      sounds.close();
      pictures.stop();
    },
  };
}

/** Changes of this while playing need the sounds to be scheduled anew; gains and mutes don't. */
function soundKeyOf(plan: PlaybackPlan): string {
  return plan.sounds
    .map(({ clip, assetId }) => `${clip.id}:${assetId}:${clip.start}:${clip.duration}:${clip.in}`)
    .join("|");
}
