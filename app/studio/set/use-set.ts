import { useMemo } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { stagingOf, type StagingOfShot } from "#domain/film/staging-of.ts";
import { stagedPlanOfShot } from "#domain/prompt/plan-shot.ts";
import { seedOfShot } from "#domain/prompt/seed-of-shot.ts";
import type { StagedPlan } from "#domain/prompt/stage-plan.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { useInspectedShot } from "#app/studio/inspector/use-inspected-shot.ts";
import { sameShallow } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { thingsIn, type Thing } from "./things.ts";

/** The set of the selected shot, as the document says it now. */
export interface ShotSet {
  shot: Shot;
  scene: Scene | null;
  plan: ScenePlan;
  problems: readonly string[];
  staging: StagingOfShot;
  things: readonly Thing[];
}

export function useShotSet(): ShotSet | null {
  const { shot, scene } = useInspectedShot();
  const staged = useFilm((film) => (shot === null ? null : planIn(film, shot)), isSamePlan);
  const staging = useFilm((film) => (shot === null ? null : stagingOf(film, shot)), sameShallow);
  return useMemo(() => {
    if (shot === null || staged === null || staging === null) return null;
    const { plan, problems } = staged;
    return { shot, scene, plan, problems, staging, things: thingsIn(plan, staging) };
  }, [shot, scene, staged, staging]);
}

function isSamePlan(a: StagedPlan | null, b: StagedPlan | null): boolean {
  return a === b || (a !== null && b !== null && shareStructure(a, b) === a);
}

const plans = new WeakMap<Film, Map<Shot, StagedPlan>>();

/** Several panels ask for the same one. */
function planIn(film: Film, shot: Shot): StagedPlan {
  const known = plans.get(film)?.get(shot);
  if (known) return known;
  const frames = shot.durationFrames;
  const plan = stagedPlanOfShot(film, shot, { frames, fps: film.meta.fps, seed: seedOfShot(shot), prompt: "" });
  plans.set(film, (plans.get(film) ?? new Map<Shot, StagedPlan>()).set(shot, plan));
  return plan;
}
