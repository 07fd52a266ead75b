import { z } from "zod";
import { generationFiles } from "#domain/generation/manifest.ts";
import { titleOf } from "#domain/generation/title.ts";
import { GenerationStatus } from "#domain/jobs/stages.ts";
import { api, itemsOf } from "#app/studio/session/api.ts";
import { stageName } from "./stage-words.ts";

/** A scene made from one sentence, or on its way. */
export type Scene = {
  id: string;
  title: string;
  status: GenerationStatus;
  progress: number;
  /** Null before it is done. */
  posterUrl: string | null;
};

const Begun = z.object({ job_id: z.string() });
const Link = z.object({ viewer_url: z.string() });
const Listed = z.object({
  ...{ job_id: z.string(), prompt: z.string(), status: GenerationStatus, progress: z.number() },
  stages: z.array(z.object({ files: z.array(z.object({ name: z.string(), url: z.string() })) })),
});

/** How many are shown: the newest. */
const shown = 4;

/** @throws StudioError with the server's sentence */
export async function listScenes(): Promise<Scene[]> {
  const found = itemsOf(await api.get(`/v1/generations?limit=${shown}`), "generations");
  return found.map((one) => {
    const { job_id: id, prompt, status, progress, stages } = Listed.parse(one);
    const poster = stages.flatMap(({ files }) => files).find(({ name }) => name === generationFiles.poster);
    const posterUrl = status === "done" ? (poster?.url ?? null) : null;
    return { id, title: titleOf(prompt), status, progress, posterUrl };
  });
}

/** Has a scene made. @returns its id @throws StudioError with the server's sentence */
export async function beginScene(prompt: string): Promise<string> {
  return Begun.parse(await api.post("/v1/generations", { prompt })).job_id;
}

/** Goes to a scene's page, which shows how far it is. @throws StudioError with the server's sentence */
export async function openScene(id: string): Promise<void> {
  const { viewer_url: url } = Link.parse(await api.post(`/v1/generations/${id}/viewer`, {}));
  // The studio may be reached under another name than its own.
  location.assign(new URL(url).pathname);
}

/** How a scene is, in few words. */
export function sceneState({ status, progress }: Pick<Scene, "status" | "progress">): string {
  if (status === "done") return "Ready";
  if (status === "failed") return "Failed";
  if (status === "cancelled") return "Cancelled";
  return status === "queued" ? "Queued" : `Making the ${stageName[status]}, ${Math.round(progress * 100)}%`;
}
