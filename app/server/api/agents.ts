import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { AgentInfo } from "#domain/jobs/messages.ts";
import { fleetNow } from "../services/fleet.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, callerIn, security, type Api } from "./api.ts";

export function agentRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/agents",
      summary: "The render agents: engines, device, state, what they work on, how fast they were",
      security,
      // Which jobs run where is told to those who may see the jobs.
      responses: answers(
        200,
        z.object({
          agents: z.array(AgentInfo.omit({ v: true, running: true }).extend({ jobs: z.number().int() })),
        }),
        "Agents heard of in the last seconds",
      ),
    }),
    async (c) => {
      callerIn(c);
      const agents = await fleetNow(parts);
      return c.json(
        { agents: agents.map(({ v: _v, running, ...agent }) => ({ ...agent, jobs: running.length })) },
        200,
      );
    },
  );
}
