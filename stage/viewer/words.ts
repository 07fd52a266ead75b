import type { LookBy } from "./hands.ts";

/** How one looks around, said when one begins to. @param touch  with fingers */
export function helpFor(by: LookBy, touch: boolean): string | null {
  switch (by) {
    case "film":
      return null;
    case "orbit":
      return touch ? "Drag to orbit, pinch to zoom" : "Drag to orbit, scroll to zoom, right-drag to pan";
    case "fly":
      return touch ? "Drag to look, two fingers to move" : "Drag to look, W A S D to move, E and Q up and down";
  }
}

/** Under the title: how long it is. */
export function kickerOf(seconds: number): string {
  const rounded = Math.round(seconds * 10) / 10;
  return `${rounded === 1 ? "One second" : `${rounded} seconds`}, made from one sentence`;
}

export type Figures = {
  /** Null while it stands. */
  fps: number | null;
  width: number;
  height: number;
  draws: number;
  triangles: number;
  splats: number;
  shadows: boolean;
  /** Root mean square, 0 to 1; null where there is no sound. */
  level: number | null;
  device: string;
};

/** What who asks for figures is told, name by name. */
export function figureRows(of: Figures): (readonly [string, string])[] {
  return [
    ["fps", of.fps === null ? "paused" : of.fps.toFixed(0)],
    ["resolution", `${of.width} × ${of.height}`],
    ["draw calls", String(of.draws)],
    ["triangles", of.triangles.toLocaleString("en-GB")],
    ["splats", of.splats === 0 ? "none" : of.splats.toLocaleString("en-GB")],
    ["shadows", of.shadows ? "on" : "off"],
    ["audio level", of.level === null ? "none" : `${(20 * Math.log10(Math.max(1e-4, of.level))).toFixed(0)} dB`],
    ["GPU", of.device.replace(/^ANGLE \((.*)\)$/, "$1")],
  ];
}
