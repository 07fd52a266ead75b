import type { Cloud } from "./cloud.ts";
import type { Eye } from "./eye.ts";
import type { Frame } from "./frame.ts";
import type { LoadedScene } from "./load-scene.ts";
import type { Pace } from "./quality.ts";
import { figureRows } from "./words.ts";

/** How often the figures change, milliseconds: more often nobody can read them. */
const every = 250;

/** What drawing costs just now, for who asks: on the page when it is switched on, and as numbers. */
export function createFigures(of: { frame: Frame; eye: Eye; cloud: Cloud; pace: Pace; isRunning(): boolean }) {
  const { frame, eye, cloud, pace } = of;
  let isOn = false;
  let told = 0;

  function now() {
    const { draws, triangles, device } = eye.info();
    const fps = pace.mean === 0 ? 0 : 1000 / pace.mean;
    return { fps, draws, triangles, splats: cloud.count, scale: eye.quality.scale, device };
  }

  return {
    now,
    toggle(): void {
      isOn = !isOn;
      if (!isOn) frame.setFigures(null);
      eye.dirty = true;
      told = 0;
    },
    /** @param time  of this frame, milliseconds */
    tell(sound: LoadedScene["sound"], time: number): void {
      if (!isOn || time - told <= every) return;
      told = time;
      const { width, height } = eye.info();
      const found = now();
      frame.setFigures(
        figureRows({
          ...found,
          ...{ width, height, shadows: eye.quality.shadows, level: sound.there ? sound.level() : null },
          fps: of.isRunning() ? found.fps : null,
        }),
      );
    },
  };
}
