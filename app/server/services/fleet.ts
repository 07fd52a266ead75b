import { StudioError } from "#domain/errors.ts";
import type { Capability } from "#domain/jobs/capabilities.ts";
import type { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import type { StudioParts } from "../studio-parts.ts";

/** The agents now; none when the broker does not say. */
export async function fleetNow(parts: Pick<StudioParts, "agents" | "log">): Promise<AgentInfo[]> {
  try {
    return await parts.agents.list();
  } catch (error) {
    parts.log.warn({ err: error }, "the list of agents could not be read");
    return [];
  }
}

/**
 * Checks that a named engine or model could be served. The built-in engine is always one that may come back; of
 * others somebody must be here.
 * @throws StudioError "capability/missing"
 */
export async function needEngine(
  parts: Pick<StudioParts, "agents" | "log">,
  want: { capability: Capability; engine?: string | undefined; model?: string | undefined },
): Promise<void> {
  if (want.engine === undefined && want.model === undefined) return;
  if (want.model === undefined && want.engine === "previz") return;
  const engines = (await fleetNow(parts)).flatMap((agent) => agent.engines);
  const fits = engines.some(
    (engine) =>
      engine.capabilities.includes(want.capability) &&
      (want.engine === undefined || engine.id === want.engine) &&
      (want.model === undefined || engine.models.includes(want.model)),
  );
  if (fits) return;
  const asked = [want.engine, want.model].filter((part) => part !== undefined).join(" with ");
  const here = [...new Set(engines.map((engine) => engine.id))].join(", ") || "none";
  throw new StudioError("capability/missing", `No agent here has ${asked}. Engines now: ${here}.`);
}

/**
 * Checks that somebody here can do this at all.
 * @param missing  the sentence for when nobody can
 * @throws StudioError "capability/missing"
 */
export async function needCapability(
  parts: Pick<StudioParts, "agents" | "log">,
  capability: Capability,
  missing: string,
): Promise<void> {
  const engines = (await fleetNow(parts)).flatMap((agent) => agent.engines);
  if (engines.some((engine) => engine.capabilities.includes(capability))) return;
  const here = [...new Set(engines.map((engine) => engine.id))].join(", ") || "none";
  throw new StudioError("capability/missing", `${missing} Engines now: ${here}.`);
}
