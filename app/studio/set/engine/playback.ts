import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { changeSetState, setState } from "../set-state.ts";

/** The shot's time runs while it plays, round and round. @returns call before each picture: whether time went on */
export function openPlayback(): (now: number, plan: Pick<ScenePlan, "fps" | "frames">) => boolean {
  let began: { time: number; frame: number } | null = null;
  return (now, { fps, frames }) => {
    const { playing, frame } = setState.get();
    if (!playing) {
      began = null;
      return false;
    }
    began ??= { time: now, frame };
    const next = began.frame + Math.floor(((now - began.time) / 1000) * (fps.num / fps.den));
    if (next >= frames) began = { time: now, frame: 0 };
    changeSetState({ frame: next >= frames ? 0 : next });
    return true;
  };
}
