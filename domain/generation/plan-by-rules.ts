import type { PlanRequest } from "#domain/jobs/messages/render-request.ts";
import { cameraCue } from "#domain/screenplay/breakdown/camera-words.ts";
import { deedsIn } from "#domain/screenplay/plan/deed-words.ts";
import { placingMotion } from "#domain/screenplay/plan/plan-deeds.ts";
import { speedOf } from "#domain/screenplay/plan/stage-cast.ts";
import { composePlan } from "./compose-plan.ts";
import type { GenerationPlan } from "./generation-plan.ts";
import { readPrompt } from "./prompt-words.ts";

export const rulesPlanner = "rules";

/**
 * Plans a whole scene from a sentence, by rules: where and when, who is there and what they do, how the camera sees it
 * and what is heard. Pure: the same prompt, seed and length give the same plan.
 */
export function planByRules(request: Omit<PlanRequest, "role">): GenerationPlan {
  const words = readPrompt(request.prompt);
  const { seen, heard, people, phrases, spoken } = words;
  return composePlan(request, rulesPlanner, {
    setting: settingOf(seen),
    location: seen.slice(0, 400),
    time: "",
    action: seen,
    people,
    looks: Object.fromEntries(people.map((name) => [name, (phrases[name] ?? "").slice(0, 400)])),
    dialogue: people[0] === undefined ? [] : spoken.map((text) => ({ character: people[0]!, text })),
    camera: cameraOf(seen, people),
    heard,
  });
}

function settingOf(seen: string): "int" | "ext" | "" {
  if (/\b(?:inside|interior|indoors?|lounge|cabin)\b/i.test(seen)) return "int";
  return /\b(?:outside|exterior|outdoors?|(?:ship|ferry|boat)(?:['’]s)? deck|on deck)\b/i.test(seen) ? "ext" : "";
}

/** What the prompt asks of the camera, else a framing that shows all there is. */
function cameraOf(seen: string, people: readonly string[]): { type: string; move: string } {
  const cues = seen.split(/[.,;]\s*/).flatMap((clause) => cameraCue(clause) ?? []);
  const move = cues.find((cue) => cue.move !== undefined)?.move ?? "";
  const asked = cues.find((cue) => cue.type !== undefined)?.type;
  if (asked !== undefined) return { type: asked, move };
  if (people.length === 0) return { type: "establishing", move };
  const motions = deedsIn(seen, people).map(placingMotion);
  // A car is seen from outside, and whole.
  if (motions.includes("drive")) return { type: "wide", move };
  if (motions.some((motion) => speedOf(motion) > 0)) return { type: "tracking", move };
  return { type: people.length === 1 ? "full" : people.length === 2 ? "two_shot" : "wide", move };
}
