import type { CueSheet } from "#domain/screenplay/cue-sheet.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";

/**
 * Between the agent and its own page over a loopback WebSocket: JSON both ways, and pictures and sound as binary
 * frames from the page: 16 bytes of header (run, index, kind, 0; each a little-endian u32), then the bytes.
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
      window: number;
    }
  | { type: "image"; run: number; plan: ScenePlan; width: number; height: number; seconds: number }
  | { type: "sound"; run: number; cues: CueSheet; seconds: number; sampleRate: number }
  /**
   * Files of a generation's stage, one binary frame each: of the environment its model and splats; of the performance
   * the people's model and a motion file for each; of the camera its path as JSON.
   */
  | { type: "files"; run: number; make: "environment" | "performance" | "camera"; plan: ScenePlan; aspect: number }
  /** Frames below `upTo` may be sent: what keeps a quick page from drowning a slow encoder. */
  | { type: "more"; run: number; upTo: number }
  | { type: "stop"; run: number };

export type PageReport =
  | { type: "ready"; renderer: string }
  | { type: "progress"; run: number; fraction: number }
  | { type: "done"; run: number; calls: number; triangles: number; milliseconds: number }
  | { type: "failed"; run: number; message: string };

export const headerBytes = 16;
export const frameKind = { picture: 0, sound: 1, file: 2 } as const;
