import type { Id } from "#domain/ids.ts";
import type { Capability } from "./capabilities.ts";
import type { AgentInfo, EngineLimits } from "./messages/agent-info.ts";

/** What of a job decides which agents can take it. */
export type Demand = {
  capability: Capability;
  engineWanted: string | null;
  modelWanted: string | null;
  /** Engines that had no room for it: they come last. */
  enginesTried: readonly string[];
  /** Agents it failed on for reasons of their own: they come last. */
  avoidAgents: readonly Id[];
  frames: number | null;
  width: number | null;
  height: number | null;
  /** As `unitsOf` counts them; of sound they are seconds. */
  units: number | null;
};

/** An engine that is there for a capability, as the queue is asked for jobs that it can do. Absent limits are null. */
export type Offer = {
  capability: Capability;
  engine: string;
  models: string[];
  maxFrames: number | null;
  maxPixels: number | null;
  maxSeconds: number | null;
};

export type Room = {
  /** Jobs that the fleet can still be handed, whatever they are. */
  left: () => number;
  /** The engines of agents that take jobs, each sort once. */
  offers: () => Offer[];
  /** Whether some job of this capability could have a place. */
  hasFor: (capability: Capability) => boolean;
  /** A job that this agent has. */
  occupy: (agentId: Id) => void;
  /** Sets a place aside, moving others that wait between agents where that makes one. @returns whether there is one */
  take: (demand: Demand) => boolean;
};

type Seat = { agent: AgentInfo; capacity: number; fixed: number; waiting: Demand[] };

/**
 * Room on the agents of a fleet: each takes so many jobs per slot, whatever it can do, and only what it can do. An agent
 * that drains or has not started takes none.
 * @param perSlot  jobs handed out per slot: what is at work and what waits beside it
 */
export function openRoom(agents: readonly AgentInfo[], perSlot: number): Room {
  const seats: Seat[] = agents
    .filter((agent) => agent.state === "idle" || agent.state === "busy")
    .map((agent) => ({ agent, capacity: agent.slots * perSlot, fixed: 0, waiting: [] }));
  const byId = new Map(seats.map((seat) => [seat.agent.id, seat]));
  const able = new Map<string, Seat[]>();
  const full = new Set<string>();
  const free = (seat: Seat) => seat.capacity - seat.fixed - seat.waiting.length;

  const ableTo = (demand: Demand, key = keyOf(demand)): Seat[] => {
    const known = able.get(key);
    if (known !== undefined) return known;
    const all = seats.filter((seat) => canDo(seat.agent, demand, []));
    const willing = all.filter(
      (seat) => !demand.avoidAgents.includes(seat.agent.id) && canDo(seat.agent, demand, demand.enginesTried),
    );
    const found = willing.length > 0 ? willing : all;
    able.set(key, found);
    return found;
  };

  /** A chain of moves that ends at a free place. */
  const seatFor = (demand: Demand, seen: Set<Seat>): Seat | null => {
    const candidates = ableTo(demand).filter((seat) => !seen.has(seat));
    for (const seat of candidates) if (free(seat) > 0) return seat;
    for (const seat of candidates) {
      seen.add(seat);
      for (const [index, other] of seat.waiting.entries()) {
        const elsewhere = seatFor(other, seen);
        if (elsewhere === null) continue;
        seat.waiting.splice(index, 1);
        elsewhere.waiting.push(other);
        return seat;
      }
    }
    return null;
  };

  return {
    left: () => seats.reduce((sum, seat) => sum + Math.max(0, free(seat)), 0),
    offers: () => {
      const offers = new Map<string, Offer>();
      for (const { agent } of seats) {
        for (const engine of agent.engines) {
          const { maxFrames = null, maxPixels = null, maxSeconds = null } = engine.limits;
          for (const capability of engine.capabilities) {
            const offer = { capability, engine: engine.id, models: engine.models, maxFrames, maxPixels, maxSeconds };
            offers.set(JSON.stringify(offer), offer);
          }
        }
      }
      return [...offers.values()];
    },
    hasFor: (capability) => seatFor({ ...anything, capability }, new Set()) !== null,
    occupy: (agentId) => {
      const seat = byId.get(agentId);
      if (seat !== undefined) seat.fixed += 1;
    },
    take: (demand) => {
      const key = keyOf(demand);
      if (full.has(key)) return false;
      const seat = seatFor(demand, new Set());
      if (seat === null) full.add(key);
      else seat.waiting.push(demand);
      return seat !== null;
    },
  };
}

const anything: Omit<Demand, "capability"> = {
  engineWanted: null,
  modelWanted: null,
  enginesTried: [],
  avoidAgents: [],
  frames: null,
  width: null,
  height: null,
  units: null,
};

function keyOf(demand: Demand): string {
  const { capability, engineWanted, modelWanted, enginesTried, avoidAgents, frames, width, height, units } = demand;
  return [
    capability,
    engineWanted,
    modelWanted,
    enginesTried.join(),
    avoidAgents.join(),
    frames,
    width,
    height,
    units,
  ].join("|");
}

function canDo(agent: AgentInfo, demand: Demand, notEngines: readonly string[]): boolean {
  return agent.engines.some(
    (engine) =>
      engine.capabilities.includes(demand.capability) &&
      !notEngines.includes(engine.id) &&
      (demand.engineWanted === null || demand.engineWanted === engine.id) &&
      (demand.modelWanted === null || engine.models.includes(demand.modelWanted)) &&
      fits(engine.limits, demand),
  );
}

function fits(limits: EngineLimits, { capability, frames, width, height, units }: Demand): boolean {
  const isSound = capability.startsWith("audio.");
  return (
    (frames ?? 0) <= (limits.maxFrames ?? Number.POSITIVE_INFINITY) &&
    (width ?? 0) * (height ?? 0) <= (limits.maxPixels ?? Number.POSITIVE_INFINITY) &&
    (isSound ? (units ?? 0) : 0) <= (limits.maxSeconds ?? Number.POSITIVE_INFINITY)
  );
}
