import type * as THREE from "three";
import type { PassName } from "#domain/jobs/passes.ts";
import type { Tier } from "#domain/jobs/tiers.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { supersampling } from "#stage/look/tiers.ts";
import type { SetCache } from "#stage/scene/build-scene.ts";
import { createStage, type Stage } from "#stage/stage.ts";
import type { frameKind, PageTimes, SoundName } from "../protocol.ts";
import type { PictureReader } from "./read-picture.ts";

/** What a packet says of itself. */
export type PacketHead = {
  run: number;
  index: number;
  kind: (typeof frameKind)[keyof typeof frameKind];
  pass?: PassName;
  sound?: SoundName;
};

/** What drawing needs of the page around it. */
export type Easel = {
  canvas: HTMLCanvasElement;
  renderer: THREE.WebGLRenderer;
  /** Drawn without a GPU. */
  isSoftware: boolean;
  reader: PictureReader;
  /** Sets of earlier runs: stills, chunks and shots of one scene play in the same. */
  sets: SetCache;
  /** Waits until a frame may be sent. @returns false when the run was stopped */
  mayGoOn(run: number, index: number): Promise<boolean>;
  /** Lets messages be heard between two frames. */
  nextTurn(): Promise<void>;
  send(head: PacketHead, bytes: Uint8Array): void;
};

export type Drawn = { calls: number; triangles: number; times: PageTimes };

/** The stage of a plan on the page's canvas, as large as its tier draws it. */
export function setUp(easel: Easel, command: { plan: ScenePlan; width: number; height: number; tier: Tier }): Stage {
  const { plan, width, height, tier } = command;
  const { canvas, renderer, sets, isSoftware } = easel;
  const scale = supersampling(tier, { width, height, isSoftware });
  const [wide, tall] = [Math.round(width * scale), Math.round(height * scale)];
  return createStage({ canvas, renderer, sets, plan, tier, width: wide, height: tall });
}
