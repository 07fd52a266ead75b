/**
 * Two video elements, one on screen and one getting ready behind it. The deck is told many times a second what should
 * be seen and makes the elements follow: it seeks, plays, corrects drift by a slightly different rate, and swaps only
 * when the picture behind is really there.
 */
import type { Id } from "#domain/ids.ts";
import type { Seconds } from "#domain/time.ts";

export interface Wanted {
  clipId: Id;
  url: string;
  /** The instant of the source to be on screen. */
  at: Seconds;
}

export interface PictureState {
  playing: boolean;
  /** Times of normal speed; only used while playing. */
  speed: number;
  /** Length of one frame. */
  frame: Seconds;
}

export interface PictureDeck {
  follow(now: Wanted | null, next: Wanted | null, state: PictureState): void;
  /** The wanted picture is on screen (or black is wanted and shown). */
  isSettled(): boolean;
  /** Pictures the screen missed while playing since the last call of `resetDropped`. */
  dropped(): number;
  resetDropped(): void;
  /** The element on screen, null for black. */
  shown(): HTMLVideoElement | null;
  stop(): void;
}

/** Farther off than this, waiting for a gentle correction would be seen: seek. */
const hardResyncSeconds = 0.3;

interface Side {
  video: HTMLVideoElement;
  clipId: Id | null;
  url: string;
  lastMedia: Seconds | null;
  /** Its rate is a little off on purpose. */
  correcting: boolean;
}

export function pictureDeck(videos: readonly [HTMLVideoElement, HTMLVideoElement]): PictureDeck {
  const sides: [Side, Side] = [sideOf(videos[0]), sideOf(videos[1])];
  let front: Side | null = null;
  let settled = true;
  let playing = false;
  let frameLength = 1 / 24;
  let dropped = 0;

  for (const side of sides) watchFrames(side);

  function watchFrames(side: Side) {
    if (!("requestVideoFrameCallback" in side.video)) return;
    const onFrame = (_now: number, { mediaTime }: { mediaTime: number }) => {
      const before = side.lastMedia;
      side.lastMedia = mediaTime;
      if (playing && side === front && before !== null) {
        const steps = Math.round((mediaTime - before) / frameLength);
        // Longer jumps are seeks, not missed pictures.
        if (steps > 1 && steps < 8) dropped += steps - 1;
      }
      side.video.requestVideoFrameCallback(onFrame);
    };
    side.video.requestVideoFrameCallback(onFrame);
  }

  function load(side: Side, want: Wanted) {
    side.clipId = want.clipId;
    side.lastMedia = null;
    if (side.url !== want.url) {
      side.url = want.url;
      side.video.src = want.url;
      side.video.load();
    }
  }

  function sideFor(want: Wanted): Side {
    const own = sides.find((side) => side.clipId === want.clipId && side.url === want.url);
    if (own) return own;
    // A clip that goes on where the one before stopped (a split) needs no other element.
    if (front && front.url === want.url && Math.abs(front.video.currentTime - want.at) < hardResyncSeconds) {
      front.clipId = want.clipId;
      return front;
    }
    const spare = front === sides[0] ? sides[1] : sides[0];
    load(spare, want);
    return spare;
  }

  function seek(side: Side, at: Seconds, tolerance: Seconds) {
    const { video } = side;
    if (video.readyState < HTMLMediaElement.HAVE_METADATA || video.seeking) return;
    if (Math.abs(video.currentTime - at) > tolerance) {
      side.lastMedia = null;
      video.currentTime = at;
    }
  }

  function chase(side: Side, want: Wanted, state: PictureState) {
    const { video } = side;
    if (!state.playing) {
      if (!video.paused) video.pause();
      seek(side, want.at, state.frame / 4);
      return;
    }
    if (video.paused && !video.seeking) video.play().catch(() => undefined);
    const drift = video.currentTime - want.at;
    if (Math.abs(drift) > hardResyncSeconds) seek(side, want.at, 0);
    // Begins when half a frame off and goes on until it is nearly gone; else the rate would flutter at the border.
    side.correcting = Math.abs(drift) > (side.correcting ? state.frame / 8 : state.frame / 2);
    const rate = side.correcting ? state.speed * (1 - clamp(drift * 3, -0.25, 0.25)) : state.speed;
    if (Math.abs(video.playbackRate - rate) > 0.005) video.playbackRate = rate;
  }

  function show(side: Side | null) {
    for (const one of sides) one.video.style.visibility = one === side ? "visible" : "hidden";
    if (front && front !== side) front.video.pause();
    front = side;
  }

  const ready = (side: Side) => side.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !side.video.seeking;

  return {
    follow(now, next, state) {
      playing = state.playing;
      frameLength = state.frame;
      if (now === null) {
        show(null);
        settled = true;
      } else {
        const side = sideFor(now);
        chase(side, now, state);
        const there = ready(side) && (state.playing || Math.abs(side.video.currentTime - now.at) <= state.frame / 2);
        if (ready(side) && side !== front) show(side);
        settled = there && side === front;
      }
      const behind = sides.find((side) => side !== front && side.clipId !== now?.clipId);
      if (!next || !behind || (now !== null && !settled)) return;
      if (behind.clipId !== next.clipId || behind.url !== next.url) load(behind, next);
      seek(behind, next.at, state.frame / 4);
    },
    isSettled: () => settled,
    dropped: () => dropped,
    resetDropped() {
      dropped = 0;
    },
    shown: () => front?.video ?? null,
    stop() {
      for (const side of sides) {
        side.video.pause();
        side.video.removeAttribute("src");
        side.video.load();
        side.url = "";
        side.clipId = null;
      }
    },
  };
}

function sideOf(video: HTMLVideoElement): Side {
  video.muted = true;
  video.playsInline = true;
  video.preload = "auto";
  return { video, clipId: null, url: "", lastMedia: null, correcting: false };
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
