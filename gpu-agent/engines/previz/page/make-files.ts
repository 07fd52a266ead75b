import { cameraPath } from "#stage/export/camera-path.ts";
import { characterGlb } from "#stage/export/character-model.ts";
import { environmentFiles } from "#stage/export/environment.ts";
import { toFbx } from "#stage/export/fbx/character-fbx.ts";
import { samplePerformance } from "#stage/export/performance.ts";
import { footfallsOf } from "#stage/sound/footfalls.ts";
import { toBvh } from "#stage/export/bvh.ts";
import type { PageCommand } from "../protocol.ts";

const text = (words: string) => new TextEncoder().encode(words);

/** Makes what a stage of a generation asks of the page, in the order that `PageCommand` says. */
export async function makeFiles(command: Extract<PageCommand, { type: "files" }>): Promise<Uint8Array[]> {
  const { plan } = command;
  switch (command.make) {
    case "environment": {
      const { scene, background } = await environmentFiles(plan);
      return [scene, background];
    }
    case "performance": {
      const performance = samplePerformance(plan);
      // Written before the model: that one takes the people apart.
      const motions = performance.people.map((person) => text(toBvh(performance, person)));
      const rigged = performance.people.map((person) => toFbx(performance, person));
      return [await characterGlb(performance), ...motions, ...rigged];
    }
    case "camera":
      return [text(JSON.stringify({ ...cameraPath(plan, command.aspect), footfalls: footfallsOf(plan) }))];
  }
}
