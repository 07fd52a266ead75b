import type { Id } from "#domain/ids.ts";
import { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import { agentsBucket } from "#domain/jobs/subjects.ts";
import type { Bus } from "./connection.ts";
import { decode, type Subscription } from "./messages.ts";

const prefix = `$KV.${agentsBucket}.`;

/**
 * Hears what agents report at the moment they do: a value put into a bucket is a message like any other. What they
 * reported before is to be asked of the bucket.
 * @param heard  null: the agent has left
 */
export function followAgents(bus: Bus, heard: (agentId: Id, info: AgentInfo | null) => void): Subscription {
  const sub = bus.nc.subscribe(`${prefix}*`, {
    callback: (error, msg) => {
      if (error !== null) return;
      const agentId = msg.subject.slice(prefix.length);
      // Marks of the bucket: deleted, purged.
      if ((msg.headers?.get("KV-Operation") ?? "") !== "") return heard(agentId, null);
      const parsed = AgentInfo.safeParse(decode(msg));
      if (parsed.success) heard(agentId, parsed.data);
    },
  });
  return {
    stop: () => {
      sub.unsubscribe();
      return Promise.resolve();
    },
  };
}
