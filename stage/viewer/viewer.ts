import type { ViewerState } from "./frame.ts";
import type { LookBy } from "./hands.ts";

/** An open viewer, as its page sees it. */
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
      /** The player's own, for what draws splats; and that itself, once it has come. */
      three?: typeof import("three");
      spark?: typeof import("@sparkjsdev/spark");
    };
  }
}
