import { StudioError } from "#domain/errors.ts";
import type { MadeFrom } from "#domain/film/made-from.ts";
import type { Id } from "#domain/ids.ts";
import type { JobKind, Lane } from "./capabilities.ts";
import type { RenderRequest } from "./messages/render-request.ts";

/** One job of a run that is about to be queued, and what it waits for. */
export type GraphNode = {
  /** Its place in the run: "planning", "chunk:0", "join", "beat:3". Needed where another node names it; once per run. */
  key?: string;
  kind: JobKind;
  lane: Lane;
  shotId?: Id;
  /** Higher goes first within its workspace; 0 unless said. */
  priority?: number;
  /** Keys of nodes of this run that must have succeeded first. */
  dependsOn?: readonly string[];
  /** Jobs of earlier runs of the project that must have succeeded first: steps that are not done anew. */
  dependsOnJobs?: readonly Id[];
  /** Which part of which node it is; `index` counts from 0. */
  part?: { head: string; index: number; count: number };
  retryOf?: Id;
  engineWanted?: string;
  modelWanted?: string;
  /** Still queued then, it expires. */
  expiresAt?: Date;
  /** Of a shot: what it says now. */
  madeFrom?: MadeFrom;
  /** Its role is the capability asked for. */
  request: RenderRequest;
};

/**
 * Checks that every node can have its turn: keys are there once, what is named is there, nothing waits for itself.
 * @throws StudioError request/invalid
 */
export function checkGraph(nodes: readonly Pick<GraphNode, "key" | "dependsOn" | "part">[]): void {
  const byKey = new Map<string, Pick<GraphNode, "dependsOn">>();
  for (const { key, dependsOn = [] } of nodes) {
    if (key === undefined) continue;
    if (byKey.has(key)) throw new StudioError("request/invalid", `Two steps are called "${key}".`);
    byKey.set(key, { dependsOn });
  }
  for (const { key = "a step", dependsOn = [], part } of nodes) {
    for (const name of [...dependsOn, ...(part === undefined ? [] : [part.head])])
      if (!byKey.has(name)) throw new StudioError("request/invalid", `${key} names "${name}", which is no step.`);
  }
  const free = new Set<string>();
  let grows = true;
  while (grows) {
    grows = false;
    for (const [key, { dependsOn = [] }] of byKey) {
      if (free.has(key) || !dependsOn.every((name) => free.has(name))) continue;
      free.add(key);
      grows = true;
    }
  }
  const stuck = [...byKey.keys()].filter((key) => !free.has(key));
  if (stuck.length > 0)
    throw new StudioError("request/invalid", `These steps wait for each other: ${stuck.join(", ")}.`);
}
