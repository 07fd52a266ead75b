import type { AgentInfo } from "#domain/jobs/messages.ts";
import type { Parts } from "./parts.ts";

const freshMs = 2000;

/** The agents that report, asked for at most every two seconds. */
export type Fleet = { list: () => Promise<AgentInfo[]> };

export function openFleet(parts: Pick<Parts, "agents">): Fleet {
  let known: AgentInfo[] = [];
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    list: async () => {
      const now = performance.now();
      if (now - askedAt < freshMs) return known;
      known = await parts.agents.list();
      askedAt = now;
      return known;
    },
  };
}

/** Jobs the fleet can work on at once, by capability; agents that take no more do not count. */
export function slotsByCapability(agents: readonly AgentInfo[]): Map<string, number> {
  const slots = new Map<string, number>();
  for (const agent of agents) {
    if (agent.state === "draining" || agent.state === "starting") continue;
    for (const capability of new Set(agent.engines.flatMap((engine) => engine.capabilities))) {
      slots.set(capability, (slots.get(capability) ?? 0) + agent.slots);
    }
  }
  return slots;
}
