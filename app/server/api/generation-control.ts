import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { findGeneration, type GenerationView } from "#db/queries/generations.ts";
import { cancelRun } from "#db/queries/run-cancel.ts";
import { retryRun } from "#db/queries/run-retry.ts";
import { StudioError } from "#domain/errors.ts";
import { GenerationStage } from "#domain/jobs/stages.ts";
import { generationFor } from "../generation-access.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, optionalBody, security, type Api } from "./api.ts";
import { GenerationState, viewGeneration } from "./generation-view.ts";

/** Ending a generation, and going on with one that ended. */
export function generationControlRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/generations/{id}/cancel",
      summary: "End a generation; what its finished stages made stays. Asking twice is harmless",
      security,
      request: { params: ById },
      responses: answers(200, GenerationState, "Called off; a stage at work ends within seconds"),
    }),
    async (c) => {
      const generation = await generationFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      const { status } = viewGeneration(generation);
      if (status === "done" || status === "failed")
        throw new StudioError(
          "run/wrong-state",
          status === "done"
            ? "The generation is done; there is nothing to cancel."
            : "The generation has failed already.",
        );
      await cancelRun(parts.db, generation.id);
      return c.json(viewGeneration(await again(parts, generation.id)), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/generations/{id}/retry",
      summary: "Go on from the last finished stage; with `stage`, make that one anew and all that follow from it",
      security,
      request: { params: ById, ...optionalBody(z.object({ stage: GenerationStage.optional() })) },
      responses: answers(202, GenerationState, "Queued again; stages that are done are kept"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { stage } = c.req.valid("json");
      const generation = await generationFor(parts, caller, c.req.valid("param").id, "edit");
      await retryRun(parts.db, generation.id, caller.userId, stage === undefined ? {} : { steps: [stage] });
      return c.json(viewGeneration(await again(parts, generation.id)), 202);
    },
  );
}

/** The same generation as it is now. */
async function again(parts: StudioParts, id: string): Promise<GenerationView> {
  const generation = await findGeneration(parts.db, id);
  if (generation === null) throw new Error("a generation that is gone at once");
  return generation;
}
