/** What is known of where an episode plays: what the workspace keeps, else what reference pictures show, else nothing. */
import { z } from "zod";
import { listAssets, type AssetRow } from "#db/queries/assets.ts";
import { findWorld } from "#db/queries/worlds.ts";
import { growWorld, type PlannedWorld, type WorldElement } from "#domain/episode/world.ts";
import type { StudioParts } from "../studio-parts.ts";
import { openLanguageModel } from "./llm.ts";

export interface KnownWorld {
  elements: WorldElement[];
  world: PlannedWorld;
}

/** Pictures looked at for one world, and how large each may be, bytes: all of them go into one question. */
const mostPictures = 6;
const largestPicture = 3_000_000;

/** @returns the world in any case; `world.source` says how it came to be known, `note` why it is no fuller */
export async function worldFor(
  parts: Pick<StudioParts, "db" | "env" | "log" | "store">,
  wanted: { workspaceId: string; projectId: string; key: string },
): Promise<KnownWorld> {
  const stored = await findWorld(parts.db, wanted.workspaceId, wanted.key);
  if (stored !== null && stored.elements.length > 0) return { elements: stored.elements, world: { source: "stored" } };
  const brought = (await listAssets(parts.db, wanted.projectId, { kind: "image", limit: 100 })).filter(
    (asset) => asset.source === "upload",
  );
  if (brought.length === 0) return { elements: [], world: { source: "empty" } };
  const pictures = brought.filter((asset) => asset.bytes <= largestPicture).slice(0, mostPictures);
  if (pictures.length === 0) {
    const note = `The reference pictures were not read: each is larger than ${largestPicture / 1_000_000} MB.`;
    return { elements: [], world: { source: "empty", note } };
  }
  return seenIn(parts, pictures);
}

const SeenElements = z.object({
  elements: z
    .array(
      z.object({
        kind: z.enum(["character", "location", "object"]),
        name: z.string().trim().min(1).max(200),
        description: z.string().max(1000),
      }),
    )
    .max(50),
});

/** No engine of the fleet names what a picture shows; a language model with eyes does. */
async function seenIn(
  parts: Pick<StudioParts, "env" | "log" | "store">,
  pictures: readonly AssetRow[],
): Promise<KnownWorld> {
  const unread = `${pictures.length === 1 ? "The reference picture was" : `The ${pictures.length} reference pictures were`} not read`;
  const { llm } = parts.env;
  if (llm === undefined) {
    const note = `${unread}: no engine here names what a picture shows, and no language model is set.`;
    return { elements: [], world: { source: "empty", note } };
  }
  const images = await Promise.all(
    pictures.map(async ({ objectKey, bytes, contentType }) => ({
      contentType,
      bytes: await parts.store.readHead(objectKey, bytes),
    })),
  );
  const answer = await openLanguageModel(llm).ask({
    name: "world_elements",
    system:
      "You prepare the element library of a film from reference pictures. List the people, places and important things that the pictures show, each once: a short name, and in one sentence how it looks. Do not guess who real people are.",
    user: `The pictures, in order: ${pictures.map((picture) => picture.name).join("; ")}`,
    images,
    schema: SeenElements,
  });
  if (answer.status === "failed") {
    parts.log.warn({ why: answer.why, detail: answer.detail, model: llm.model }, "reference pictures were not read");
    return { elements: [], world: { source: "empty", note: `${unread}: ${answer.sentence}` } };
  }
  const elements = growWorld(
    [],
    answer.value.elements.map((element) => ({ ...element, triggerWords: [] })),
  );
  if (elements.length === 0)
    return { elements, world: { source: "empty", note: "The reference pictures show nothing that could be named." } };
  return { elements, world: { source: "extracted" } };
}
