import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";

/** Light comes before the sound of it, seconds. */
const ahead = 0.7;

/**
 * When lightning strikes in a shot, seconds: before every thunder that is heard, and in a storm without any now and then
 * by chance.
 */
export function strikesOf(
  plan: Pick<ScenePlan, "cues" | "beatSeconds" | "weather" | "seed" | "frames" | "fps">,
): number[] {
  const heard = plan.cues.filter(({ effect }) => effect === "thunder");
  if (heard.length > 0) return heard.map(({ beat }) => Math.max(0.1, beat * plan.beatSeconds - ahead));
  if (plan.weather !== "storm") return [];
  const random = seededRandom(plan.seed ^ 0x11947);
  const end = (plan.frames * plan.fps.den) / plan.fps.num;
  const strikes: number[] = [];
  for (let at = 0.3 + random() * 0.7; at < end && strikes.length < 400; at += 2.5 + random() * 4) strikes.push(at);
  return strikes;
}

/** @returns how bright lightning is at a time, 0 to 1: two flashes close together that die away */
export function flashAt(strikes: readonly number[], seconds: number): number {
  let most = 0;
  for (const strike of strikes) {
    const into = seconds - strike;
    if (into < 0 || into > 0.9) continue;
    const first = Math.exp(-into * 9);
    const second = into < 0.16 ? 0 : 0.8 * Math.exp(-(into - 0.16) * 6);
    most = Math.max(most, first, second);
  }
  return most;
}
