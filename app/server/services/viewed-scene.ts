import { StudioError } from "#domain/errors.ts";
import { generationFiles } from "#domain/generation/manifest.ts";
import { titleOf } from "#domain/generation/title.ts";
import { viewGeneration } from "../api/generation-view.ts";
import { addressHeader } from "../auth.ts";
import type { ViewedScene } from "../load-context.ts";
import type { StudioParts } from "../studio-parts.ts";
import { type Busy, orBusy } from "./busy.ts";
import { readManifest } from "./generation-result.ts";
import type { keepLooks } from "./scene-looks.ts";
import { generationOfKey } from "./viewer-links.ts";

type Parts = Pick<StudioParts, "db" | "env" | "store" | "now" | "viewLimit"> & {
  looks: ReturnType<typeof keepLooks>;
};

/** What the page of a viewer's link shows. @returns null when the key opens nothing */
export function viewedScene(parts: Parts, key: string, request: Request): Promise<ViewedScene | Busy | null> {
  return orBusy(() => sceneOf(parts, key, request));
}

async function sceneOf(parts: Parts, key: string, request: Request): Promise<ViewedScene | null> {
  try {
    parts.viewLimit.take(request.headers.get(addressHeader) ?? "unknown");
    const generation = await generationOfKey(parts, key);
    const { status, stage, progress, prompt, seed, seconds, stages } = viewGeneration(generation);
    const of = { id: generation.id, prompt, seed, seconds };
    const said = { title: titleOf(prompt), prompt };
    if (status === "failed" || status === "cancelled")
      // Why it stopped is for whoever made it.
      return { state: "stopped", ...said, look: parts.looks(of), stage, failed: status === "failed" };
    const stageProgress = stages.find((one) => one.stage === stage)?.progress ?? 0;
    if (status !== "done") return { state: "making", ...said, look: parts.looks(of), stage, progress, stageProgress };
    const { poster } = await readManifest(parts, generation);
    const file = (name: string) => `${parts.env.publicUrl}/v1/view/${key}/files/${name}`;
    return {
      ...{ state: "ready", ...said, posterUrl: poster === null ? null : file(poster) },
      filmUrl: file(generationFiles.film),
    };
  } catch (error) {
    if (error instanceof StudioError && error.code === "thing/not-found") return null;
    throw error;
  }
}
