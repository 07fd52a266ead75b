import type { Id } from "#domain/ids.ts";
import { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import { agentsBucket } from "#domain/jobs/subjects.ts";
import { lazyBucket } from "./buckets.ts";
import type { Bus } from "./connection.ts";
import { decode, encode } from "./messages.ts";

export type AgentRegistry = {
  /**
   * Says that the agent is alive; the bucket forgets it 15 s after the last time.
   * @returns how far the broker's clock is from `performance.now()`, milliseconds, as good as the way there is short
   */
  report: (info: AgentInfo) => Promise<number | null>;
  leave: (agentId: Id) => Promise<void>;
  /** Every agent heard of in the last 15 s. */
  list: () => Promise<AgentInfo[]>;
};

export function openAgents(bus: Bus): AgentRegistry {
  const open = lazyBucket(bus, agentsBucket);
  const prefix = `$KV.${agentsBucket}.`;
  return {
    report: async (info) => {
      const kv = await open();
      const sentAt = performance.now();
      await kv.put(info.id, encode(info));
      const halfway = (sentAt + performance.now()) / 2;
      const stamp = (await kv.get(info.id))?.created.getTime();
      return stamp === undefined ? null : stamp - halfway;
    },
    leave: async (agentId) => {
      await (await open()).purge(agentId);
    },
    list: async () => {
      const kv = await open();
      // One request for all names; asking the bucket for its keys would make a consumer each time.
      const info = await bus.jsm.streams.info(`KV_${agentsBucket}`, { subjects_filter: `${prefix}>` });
      const ids = Object.keys(info.state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
      const entries = await Promise.all(ids.map((id) => kv.get(id)));
      return entries.flatMap((entry) => {
        if (entry === null || entry.operation !== "PUT") return [];
        const parsed = AgentInfo.safeParse(decode({ data: entry.value }));
        return parsed.success ? [parsed.data] : [];
      });
    },
  };
}
