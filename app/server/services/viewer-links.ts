import { createHmac, timingSafeEqual } from "node:crypto";
import { findGeneration, type GenerationView } from "#db/queries/generations.ts";
import { StudioError } from "#domain/errors.ts";
import { isUuid } from "../access.ts";
import { GenerationParams } from "../api/generation-view.ts";
import type { StudioParts } from "../studio-parts.ts";

/**
 * A viewer's link is a key: whoever has it sees that one scene, without an account. It is signed and not stored; it
 * ends when the generation's epoch is counted up.
 */
type Parts = Pick<StudioParts, "db" | "env">;

/** Of one address: a page asks for its scene, then for its files, and several people may sit behind one address. */
export const viewsPerMinute = 300;

const macLetters = 22;

function macOf(secret: string, id: string, epoch: number): string {
  return createHmac("sha256", secret).update(`view ${id} ${epoch}`).digest("base64url").slice(0, macLetters);
}

const epochOf = ({ params }: Pick<GenerationView, "params">) => GenerationParams.parse(params).viewEpoch;

/** @returns the key of a generation's viewer, as it is now */
export function viewerKey(
  { env }: Pick<StudioParts, "env">,
  generation: Pick<GenerationView, "id" | "params">,
): string {
  return `${generation.id}.${macOf(env.sessionSecret, generation.id, epochOf(generation))}`;
}

/** @returns where a generation's viewer is, for whoever is given it */
export function viewerUrl(parts: Pick<StudioParts, "env">, generation: Pick<GenerationView, "id" | "params">): string {
  return `${parts.env.publicUrl}/view/${viewerKey(parts, generation)}`;
}

/** @throws StudioError "thing/not-found", the same for every key that opens nothing */
export async function generationOfKey(parts: Parts, key: string): Promise<GenerationView> {
  const [id, mac, ...rest] = key.split(".");
  const none = new StudioError("thing/not-found", "This link opens nothing. Ask whoever sent it for a new one.");
  if (id === undefined || mac === undefined || mac.length !== macLetters || rest.length > 0 || !isUuid(id)) throw none;
  const generation = await findGeneration(parts.db, id);
  if (generation === null) throw none;
  const meant = Buffer.from(macOf(parts.env.sessionSecret, generation.id, epochOf(generation)));
  const given = Buffer.from(mac);
  if (given.length !== meant.length || !timingSafeEqual(given, meant)) throw none;
  return generation;
}
