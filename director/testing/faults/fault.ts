import type { Scene } from "./scene.ts";

export type Fault = {
  name: string;
  /** Does it and mends it again. @returns false when there was nothing to hurt; @throws when what it needs is away */
  strike: (scene: Scene) => Promise<boolean | void>;
};
