import { findGeneration, type GenerationView } from "#db/queries/generations.ts";
import { StudioError } from "#domain/errors.ts";
import { isUuid, type Need, projectFor } from "./access.ts";
import type { Caller } from "./auth.ts";
import type { StudioParts } from "./studio-parts.ts";

/** @throws StudioError "thing/not-found" */
export async function generationFor(
  parts: Pick<StudioParts, "db">,
  caller: Caller,
  id: string,
  need: Need,
): Promise<GenerationView> {
  const generation = isUuid(id) ? await findGeneration(parts.db, id) : null;
  const none = new StudioError("thing/not-found", "There is no such generation, or it is not yours to see.");
  if (generation === null) throw none;
  await projectFor(parts, caller, generation.projectId, need).catch((error: unknown) => {
    throw error instanceof StudioError && error.code === "thing/not-found" ? none : error;
  });
  return generation;
}
