/** Who else is in the same set, and what they say of themselves there. */
import type { Presence, StagePresence } from "#domain/collab/presence.ts";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import type { Peer } from "#app/studio/session/session-contract.ts";
import type { Thing } from "./things.ts";

export interface SetPeer {
  clientId: number;
  name: string;
  color: string;
  stage: StagePresence;
  frame: number | null;
}

/** Those in the set of this scene, without oneself. */
export function peersIn(peers: readonly Peer[], sceneId: string): SetPeer[] {
  return peers.flatMap(({ clientId, isMe, presence }) => {
    const { stage } = presence;
    if (isMe || presence.view !== "3d" || !stage || stage.sceneId !== sceneId) return [];
    return [{ clientId, ...whoIs(presence), stage, frame: presence.playhead?.frame ?? null }];
  });
}

const whoIs = ({ user }: Presence) => ({ name: user.name, color: user.color });

/** `Moving Maya`, `Through the camera`, `Near Captain Hale`. */
export function doingInSet(stage: StagePresence, things: readonly Pick<Thing, "id" | "name" | "at">[]): string {
  const { holding, span } = stage;
  if (span) {
    if (span.id.startsWith("key:")) return "Retiming the camera";
    const id = span.id.replace(/^deed:/, "person:");
    return `Retiming ${things.find((thing) => thing.id === id)?.name ?? "something"}`;
  }
  if (holding !== null) {
    if (holding.id === "camera" || holding.id.startsWith("key:")) return "Moving the camera";
    return `Moving ${things.find(({ id }) => id === holding.id)?.name ?? "something"}`;
  }
  if (stage.through) return "Through the camera";
  const near = nearest(stage.look as Vec3, things);
  return near === null ? "Looking around" : `Looking at ${near}`;
}

function nearest(at: Vec3, things: readonly Pick<Thing, "name" | "at">[]): string | null {
  let best: { name: string; far: number } | null = null;
  for (const { name, at: other } of things) {
    const far = Math.hypot(at[0] - other[0], (at[1] - other[1]) / 2, at[2] - other[2]);
    if (far < 2.5 && (best === null || far < best.far)) best = { name, far };
  }
  return best?.name ?? null;
}

/** One of the others, as the panels show them: nothing of it changes while they only look round in one place. */
export interface SetPerson {
  clientId: number;
  name: string;
  color: string;
  doing: string;
  holding: string | null;
  /** What they move on the lanes of the same shot. */
  span: NonNullable<StagePresence["span"]> | null;
  /** Their playhead, where they are at the same shot. */
  frame: number | null;
}

export function personOnSet(
  { clientId, name, color, stage, frame }: SetPeer,
  set: { shotId: string; things: readonly Pick<Thing, "id" | "name" | "at">[] },
): SetPerson {
  const holding = stage.holding?.id ?? null;
  const isHere = stage.shotId === set.shotId;
  return {
    ...{ clientId, name, color, holding },
    doing: doingInSet(stage, set.things),
    span: (isHere && stage.span) || null,
    frame: isHere ? frame : null,
  };
}

/** Whoever holds each thing now, by its id. */
export function holdersOf(people: readonly SetPerson[]): Map<string, SetPerson> {
  const holders = new Map<string, SetPerson>();
  for (const person of people)
    if (person.holding !== null && !holders.has(person.holding)) holders.set(person.holding, person);
  return holders;
}
