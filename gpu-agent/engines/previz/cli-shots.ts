import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";

export type CliShot = {
  heading: string;
  action: string;
  type: string;
  move?: string;
  who?: string[];
  say?: string[];
  frames?: number;
  seed?: number;
  notes?: Record<string, string>;
};

/** Plans a shot from what one types on a command line; a line of `say` is "NAME: words". */
export function aShotPlan(shot: CliShot): ScenePlan {
  const match = /^\s*(INT\.?\/EXT|EXT\.?\/INT|INT|EXT)?[. ]*([^-]*?)\s*(?:-\s*(.*))?$/i.exec(shot.heading);
  const setting = match?.[1]?.toLowerCase().replace(/\./g, "") ?? "";
  const dialogue = (shot.say ?? []).map((line) => ({
    character: line.split(":")[0]?.trim() ?? "",
    text: line.split(":").slice(1).join(":").trim(),
  }));
  const named = [...shot.action.matchAll(/\b[A-Z]{3,}(?: [A-Z]{3,})*\b/g)].map((found) => found[0]);
  return planScene({
    heading: shot.heading,
    setting: setting.includes("/") ? "int-ext" : setting === "int" || setting === "ext" ? setting : "",
    location: shot.heading.replace(/^(INT|EXT)[^ ]* /i, "").replace(/-[^-]*$/, ""),
    time: shot.heading.split("-").at(-1) ?? "",
    action: shot.action,
    dialogue,
    characters: shot.who !== undefined && shot.who.length > 0 ? shot.who : named,
    shotType: shot.type,
    move: shot.move ?? "",
    durationFrames: shot.frames ?? 48,
    fps: { num: 24, den: 1 },
    seed: shot.seed ?? 1,
    sceneKey: shot.heading,
    castNotes: shot.notes,
  });
}
