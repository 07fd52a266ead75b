import { z } from "zod";
import { GenerationManifest, labelOf } from "#domain/generation/manifest.ts";
import { offered, type ViewerSource } from "#stage/viewer/source.ts";

/** A scene as its link gives it: what there is, and where its bytes are for the next hour. */
const Answer = z.object({
  manifest: GenerationManifest,
  files: z.array(z.object({ name: z.string(), bytes: z.number(), url: z.string() })),
});
type Answer = z.infer<typeof Answer>;

const ErrorAnswer = z.object({ error: z.object({ message: z.string() }) });

async function ask(key: string): Promise<Answer> {
  const response = await fetch(`/v1/view/${encodeURIComponent(key)}`);
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return Answer.parse(body);
  const said = ErrorAnswer.safeParse(body);
  throw new Error(said.success ? said.data.error.message : "The studio is not responding. Try again in a moment.");
}

/** @throws Error with a sentence for people */
export async function openViewSource(key: string): Promise<ViewerSource> {
  let answer = await ask(key);
  const { manifest } = answer;
  const path = (name: string) => `/v1/view/${encodeURIComponent(key)}/files/${encodeURIComponent(name)}`;
  const find = (name: string) => answer.files.find((file) => file.name === name)?.url ?? path(name);
  return {
    manifest,
    async read(name, onBytes, signal) {
      const asked = signal === undefined ? {} : { signal };
      let response = await fetch(find(name), asked);
      if (response.status === 403 || response.status === 404) {
        // Links live for an hour or two; the page may be older.
        answer = await ask(key);
        response = await fetch(find(name), asked);
      }
      if (!response.ok) throw new Error(`${name} could not be loaded (${response.status}). Try again in a moment.`);
      return readAll(response, onBytes);
    },
    url: path,
    link: new URL(`/view/${encodeURIComponent(key)}`, location.href).href,
    splats: () => import("@sparkjsdev/spark"),
    downloads: offered(answer.files.map(({ name, bytes }) => ({ name, label: labelOf(name), bytes, url: path(name) }))),
  };
}

async function readAll(response: Response, onBytes: (bytes: number) => void): Promise<ArrayBuffer> {
  const reader = response.body?.getReader();
  if (reader === undefined) return response.arrayBuffer();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    parts.push(value);
    onBytes((bytes += value.byteLength));
  }
}
