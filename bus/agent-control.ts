import type { Id } from "#domain/ids.ts";
import { AgentControl } from "#domain/jobs/messages/agent-info.ts";
import { agentControlBucket, subjects } from "#domain/jobs/subjects.ts";
import { lazyBucket } from "./buckets.ts";
import type { Bus } from "./connection.ts";
import { decode, encode, publish, subscribe, type Subscription } from "./messages.ts";

/** What operators want of agents: a wish that outlives the agent, and a shout for the one that is here. */
export type AgentControls = {
  /** The wish is kept before the shout, so that whoever hears it reads the new one. */
  set: (agentId: Id, control: AgentControl) => Promise<void>;
  /** @returns null when nobody has said anything about it */
  read: (agentId: Id) => Promise<AgentControl | null>;
  /** Every agent that somebody has said something about. */
  list: () => Promise<Map<Id, AgentControl>>;
};

export function openAgentControls(bus: Bus): AgentControls {
  const open = lazyBucket(bus, agentControlBucket);
  const prefix = `$KV.${agentControlBucket}.`;
  return {
    set: async (agentId, control) => {
      await (await open()).put(agentId, encode(control));
      publish(bus, subjects.agentControl(agentId), control);
    },
    read: async (agentId) => {
      const entry = await (await open()).get(agentId);
      if (entry === null || entry.operation !== "PUT") return null;
      return AgentControl.safeParse(decode({ data: entry.value })).data ?? null;
    },
    list: async () => {
      const kv = await open();
      const info = await bus.jsm.streams.info(`KV_${agentControlBucket}`, { subjects_filter: `${prefix}>` });
      const ids = Object.keys(info.state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
      const entries = await Promise.all(ids.map(async (id) => [id, await kv.get(id)] as const));
      return new Map(
        entries.flatMap(([id, entry]) => {
          if (entry === null || entry.operation !== "PUT") return [];
          const parsed = AgentControl.safeParse(decode({ data: entry.value }));
          return parsed.success ? [[id, parsed.data] as const] : [];
        }),
      );
    },
  };
}

/** Hears at once what is wanted of this agent. */
export function onAgentControl(bus: Bus, agentId: Id, handle: (control: AgentControl) => void): Subscription {
  return subscribe(bus, subjects.agentControl(agentId), AgentControl, handle);
}
