import { followAgents } from "#bus/agent-reports.ts";
import type { Id } from "#domain/ids.ts";
import type { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import type { Parts } from "./parts.ts";

/** Agents report every three seconds; who misses three reports is not counted on. */
const silentMs = 10_000;

/** The agents that report, as they were heard last. */
export type Fleet = {
  list: () => Promise<AgentInfo[]>;
  stop: () => Promise<void>;
};

/** @param changed  called when an agent comes, goes, or says something new about what it takes */
export function openFleet(parts: Pick<Parts, "agents" | "bus" | "log">, changed: () => void): Fleet {
  const known = new Map<Id, { info: AgentInfo; heardAt: number }>();
  const hear = (agentId: Id, info: AgentInfo | null) => {
    const before = known.get(agentId);
    if (info === null) known.delete(agentId);
    else known.set(agentId, { info, heardAt: performance.now() });
    if (info === null ? before !== undefined : before === undefined || takesOther(before.info, info)) changed();
  };
  const following = followAgents(parts.bus, hear);
  const asked = parts.agents
    .list()
    .then((agents) => {
      for (const agent of agents) if (!known.has(agent.id)) hear(agent.id, agent);
    })
    .catch((error: unknown) =>
      parts.log.warn({ err: error }, "the list of agents could not be read; waiting for reports"),
    );
  return {
    list: async () => {
      await asked;
      const oldest = performance.now() - silentMs;
      for (const [id, { heardAt }] of known) if (heardAt < oldest) known.delete(id);
      return [...known.values()].map(({ info }) => info);
    },
    stop: () => following.stop(),
  };
}

function takesOther(before: AgentInfo, now: AgentInfo): boolean {
  const words = ({ state, slots, engines }: AgentInfo) =>
    JSON.stringify([state === "busy" ? "idle" : state, slots, engines]);
  return words(before) !== words(now);
}
