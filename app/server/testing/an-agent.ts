import { openAgents } from "#bus/agents.ts";
import type { AgentInfo, EngineLimits } from "#domain/jobs/messages/agent-info.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { TestStudio } from "./test-studio.ts";

/** An agent says what it can do, as agents do every few seconds. */
export async function anAgent(studio: TestStudio, limits: EngineLimits, engine = "previz"): Promise<void> {
  const info: AgentInfo = {
    v: protocolVersion,
    id: "a1",
    engines: [{ id: engine, capabilities: ["video"], models: [], version: "1", limits }],
    device: "a device",
    memory: { ramBytes: 1 },
    slots: 1,
    state: "idle",
    running: [],
    speed: {},
    at: new Date().toISOString(),
  };
  await openAgents(studio.bus).report(info);
}
