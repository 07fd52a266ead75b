import { generationFiles } from "#domain/generation/manifest.ts";
import { coming } from "./coming.ts";
import type { Eye } from "./eye.ts";
import type { Frame } from "./frame.ts";
import type { LoadedScene } from "./load-scene.ts";
import { openSplats } from "./splat-layer.ts";
import type { ViewerSource } from "./source.ts";

/** The set as splats instead of triangles: they come when somebody first wants to see them. */
export type Cloud = {
  /** How many are shown now. */
  readonly count: number;
  toggle(): void;
  show(shown: boolean): void;
  dispose(): void;
};

/** @param changed  told when something else is to be seen */
export function createCloud(
  source: ViewerSource,
  frame: Frame,
  eye: Eye,
  scene: () => LoadedScene | null,
  changed: () => void,
): Cloud {
  let isComing = false;
  const layer = coming(async (signal) => {
    const { splats } = source;
    const renderer = eye.renderer;
    if (splats === undefined || renderer === null) throw new Error("Nothing here draws splats.");
    const [spark, bytes] = await Promise.all([
      splats(),
      source.read(generationFiles.background, () => undefined, signal),
    ]);
    return openSplats(spark, bytes, renderer);
  });

  function show(shown: boolean): void {
    const loaded = scene();
    if (layer.here === null || loaded === null) return;
    eye.quality = { ...eye.quality, splats: shown };
    if (shown) loaded.world.scene.add(layer.here.object);
    else layer.here.object.removeFromParent();
    loaded.world.showSet(!shown);
    frame.splats.setAttribute("aria-pressed", String(shown));
    changed();
  }

  async function gather(): Promise<void> {
    if (isComing) return;
    isComing = true;
    frame.setNote("Loading splats …");
    try {
      if ((await layer.get()) === null) return;
      frame.setNote(null);
      show(true);
    } catch {
      frame.setNote("The splats could not be loaded. Showing the regular set instead.");
    } finally {
      isComing = false;
    }
  }

  return {
    get count() {
      return eye.quality.splats ? (layer.here?.count ?? 0) : 0;
    },
    toggle() {
      if (layer.here !== null) show(!eye.quality.splats);
      else if (source.splats !== undefined && scene() !== null && eye.draws) void gather();
    },
    show,
    dispose: () => layer.dispose(),
  };
}
