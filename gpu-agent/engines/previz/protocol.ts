import type { PassName } from "#domain/jobs/passes.ts";
import type { Tier } from "#domain/jobs/tiers.ts";
import type { CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Stem } from "#stage/sound/render-sound.ts";

/**
 * Between the agent and its own page over a loopback WebSocket: JSON both ways, and pictures and sound as binary
 * frames from the page: 16 bytes of header (run, index, kind, of; each a little-endian u32), then the bytes. `of` is the
 * place among `passNames`, or of sound that among `soundNames`.
 */
export type PageCommand =
  | {
      type: "video";
      run: number;
      plan: ScenePlan;
      width: number;
      height: number;
      /** Which frame of the shot comes first, and how many follow from there. */
      from: number;
      frames: number;
      fps: { num: number; den: number };
      /** Pictures that may be on their way. */
      window: number;
      tier: Tier;
      /**
       * Beside what people see: of each moment the picture, then these in the order of `passNames`, and after the last
       * a file that says what they mean.
       */
      passes: PassName[];
    }
  /** One frame as files: a JPEG of what people see, PNGs of the passes. Where there are passes, a record comes last. */
  | {
      type: "image";
      run: number;
      plan: ScenePlan;
      width: number;
      height: number;
      /** Of the plan. */
      frame: number;
      tier: Tier;
      passes: PassName[];
    }
  /**
   * The mix, in parts, and where `stems` asks for them each of `soundNames` after it. Of one `plan` the feet are heard as
   * they come down in it.
   */
  | {
      type: "sound";
      run: number;
      cues: CueSheet;
      seconds: number;
      sampleRate: number;
      stems?: boolean;
      plan?: ScenePlan;
    }
  /**
   * Files of a generation's stage, one binary frame each: of the environment its model and splats; of the performance
   * the people's model, a motion file for each and then a rigged model for each; of the camera its path as JSON, with
   * when feet come down.
   */
  | { type: "files"; run: number; make: "environment" | "performance" | "camera"; plan: ScenePlan; aspect: number }
  /** The bare loop: the same pictures drawn to their end, one after another, and sent nowhere. What a bench compares with. */
  | { type: "measure"; run: number; plan: ScenePlan; width: number; height: number; frames: number; tier: Tier }
  /** Frames below `upTo` may be sent: what keeps a quick page from drowning a slow encoder. */
  | { type: "more"; run: number; upTo: number }
  | { type: "stop"; run: number };

/** Where the page's time went, in milliseconds. */
export type PageTimes = {
  /** Building the scene; next to nothing where the set is there from an earlier run. */
  build: number;
  /** Handing the pictures to GL. A driver may do the work of drawing later, when they are read. */
  draw: number;
  /** Reading them back and sending them. */
  read: number;
  /** Waiting for the encoder to want more. */
  wait: number;
  total: number;
};

export type PageReport =
  | { type: "ready"; renderer: string }
  /** It will never be ready. */
  | { type: "broken"; message: string }
  | { type: "progress"; run: number; fraction: number }
  | { type: "done"; run: number; calls: number; triangles: number; times: PageTimes }
  | { type: "failed"; run: number; message: string };

/** What of the sound: all of it, or one of its stems. */
export type SoundName = "mix" | Stem;
export const soundNames = ["mix", "music", "ambience", "effects"] as const satisfies readonly SoundName[];

export const headerBytes = 16;
/** A picture comes in so many at once, its last part shorter. */
export const partBytes = 32 * 1024 - headerBytes;
/** `preview` is a small JPEG of a film under way, `poster` a large one of it, `still` the file of a pass. */
export const frameKind = { picture: 0, sound: 1, file: 2, preview: 3, poster: 4, still: 5 } as const;
