import type * as THREE from "three";
import type { PlaceKind } from "#domain/screenplay/plan/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { SurfaceOptions } from "../look/finishes.ts";
import type { Palette } from "../look/palette.ts";
import type { Lamp } from "./lamps.ts";
import type { SetBuilder } from "./set-builder.ts";
import type { Solid } from "./solid.ts";

/** What a place kit gets to build with. It adds pieces, lamps and moving things; it never looks at the camera. */
export type KitContext = {
  plan: ScenePlan;
  palette: Palette;
  set: SetBuilder;
  /** For materials of meshes that are not the set builder's. */
  surface: SurfaceOptions;
  /** Seeded by the scene: all its shots get the same set. */
  random: () => number;
  lamps: Lamp[];
  /** Whole objects beside the merged set. */
  extra: THREE.Object3D[];
  /** Called for every frame with the time of the shot. */
  moving: ((seconds: number) => void)[];
  /**
   * Called with every grade, the first included. Of a palette only what the hour and the weather give may go into what is
   * built: colours that people may choose, as the key's, are put on here.
   */
  graded: ((palette: Palette) => void)[];
  /** Asks for open water at this height. */
  sea(options: { level: number; chop: number }): void;
  /** What stands in the way and was not built from boxes and posts, which say so themselves. */
  solid(box: Solid): void;
};

export type Kit = (context: KitContext) => void;
export type Kits = Record<PlaceKind, Kit>;
