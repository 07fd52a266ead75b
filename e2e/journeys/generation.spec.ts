/** A program asks for a whole scene by one sentence and gets everything it is made of, though the agent dies on the way. */
import { createHash } from "node:crypto";
import { expect, test } from "../support/test.ts";
import { Api } from "../support/api.ts";

type Stage = { stage: string; state: string; progress: number; attempt: number; files: { name: string }[] };
type Status = { status: string; stage: string | null; stages: Stage[] };
type Result = {
  viewer_url: string;
  manifest_url: string;
  downloads: { name: string; bytes: number; sha256: string; url: string }[];
};
type Manifest = { planner: string; engine: string; files: { name: string; bytes: number; sha256: string }[] };

test("one sentence becomes a scene with people, sound and film; a killed agent costs the stage it was at and no other @long", async ({
  studio,
}) => {
  const api = new Api(studio.url, await studio.ownerToken());
  const { job_id: id, status } = await api.post<{ job_id: string; status: string }>("/v1/generations", {
    prompt: "A rainy neon alley with a slow walking detective and 80 bpm lo-fi music",
    seconds: 2,
    seed: 7,
  });
  expect(status).toBe("queued");
  const now = () => api.get<Status>(`/v1/generations/${id}/status`);
  const at = async (stage: string) => (await now()).stages.find((one) => one.stage === stage)!;

  const seen: string[] = [];
  const watch = async () => {
    const { status: next } = await now();
    if (seen.at(-1) !== next) seen.push(next);
    return next;
  };
  await expect
    .poll(async () => ((await watch()) === "package" ? (await at("package")).progress : 0), {
      timeout: 120_000,
      intervals: [50],
    })
    .toBeGreaterThan(0.1);
  expect(await studio.kill("agent")).toBe(1);
  await expect.poll(watch, { timeout: 120_000, intervals: [100] }).toBe("done");
  const order = ["queued", "planning", "env", "motion", "audio", "sync", "package", "done"];
  expect(seen).toEqual(order.filter((one) => seen.includes(one)));
  expect((await now()).stages.map(({ stage, attempt }) => [stage, attempt])).toEqual([
    ["planning", 1],
    ["env", 1],
    ["motion", 1],
    ["audio", 1],
    ["sync", 1],
    ["package", 2],
  ]);

  const result = await api.get<Result>(`/v1/generations/${id}/result`);
  const manifest = (await (await fetch(new URL(result.manifest_url, studio.url))).json()) as Manifest;
  expect(manifest).toMatchObject({ planner: "rules", engine: "previz" });
  expect(result.downloads.map(({ name }) => name)).toEqual([...manifest.files.map(({ name }) => name), "package.zip"]);
  expect(manifest.files.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      ...["scene.glb", "background.splat", "character.glb", "character.bvh", "character.fbx", "audio.wav"],
      ...["audio.mp3", "timeline.json", "scene-plan.json", "film.mp4", "poster.jpg"],
    ]),
  );
  for (const { bytes, sha256, url } of result.downloads) {
    const body = Buffer.from(await (await fetch(new URL(url, studio.url))).arrayBuffer());
    expect(body.byteLength).toBe(bytes);
    expect(createHash("sha256").update(body).digest("hex")).toBe(sha256);
  }
  expect(await api.get<{ manifest: Manifest }>(`/v1/generations/${id}/manifest`)).toMatchObject({ manifest });
  expect((await fetch(result.viewer_url)).status).toBe(200);
});
