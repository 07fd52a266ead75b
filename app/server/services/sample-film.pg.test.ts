import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { addClip, addScene, addShot, beginFilm, chooseTake } from "#domain/film/edit.ts";
import { defaultMeta } from "#domain/film/meta.ts";
import { pictureTrackId, soundTrackId } from "#domain/film/track.ts";
import { comeIn, startTestStudio, type TestStudio } from "../testing/test-studio.ts";
import { beginSampleFilm, sampleSoundId, type SampleManifest } from "./sample-film.ts";

let studio: TestStudio;
let folder: string;
beforeAll(async () => {
  studio = await startTestStudio({ guestsPerMinute: 3 });
  folder = await mkdtemp(path.join(os.tmpdir(), "backlot-sample-"));
});
afterAll(async () => {
  await studio.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A sample of one scene with two shots, as the maker's script leaves it. */
async function writeSample(): Promise<string[]> {
  const doc = new Y.Doc();
  let count = 0;
  const context = { newId: () => `sample-${(count += 1)}` };
  beginFilm(doc, { ...defaultMeta, title: "Low Water" }, context);
  const sceneId = addScene(
    doc,
    { heading: "EXT. PIER - DAWN", setting: "ext", location: "PIER", time: "DAWN", synopsis: "" },
    null,
    context,
  );
  const shot = {
    type: "wide",
    move: "static",
    action: "The tide is out.",
    dialogue: [],
    characters: [],
    prompt: "",
    durationFrames: 24,
    elementIds: [],
  } as const;
  const shotIds = [0, 1].map(() =>
    addShot(doc, { ...shot, sceneId, dialogue: [], characters: [], elementIds: [] }, null, context),
  );
  addClip(
    doc,
    { trackId: pictureTrackId, shotId: shotIds[0]!, takeId: "a-take-of-the-maker", start: 0, duration: 24, in: 0 },
    context,
  );
  addClip(doc, { trackId: soundTrackId, assetId: sampleSoundId, start: 0, duration: 48, in: 0 }, context);
  chooseTake(doc, shotIds[1]!, "a-take-of-the-maker", context);
  const file = async (name: string) => {
    const bytes = Buffer.from(`bytes of ${name}`);
    await writeFile(path.join(folder, name), bytes);
    return { file: name, bytes: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
  const manifest: SampleManifest = {
    title: "Low Water",
    takes: await Promise.all(
      shotIds.map(async (shotId, index) => {
        await file(`${index}.jpg`);
        const made = await file(`${index}.mp4`);
        return {
          ...made,
          shotId,
          poster: `${index}.jpg`,
          seed: 42,
          prompt: "the pier",
          width: 640,
          height: 360,
          frames: 24,
          fps: { num: 24, den: 1 },
          engine: "previz" as const,
        };
      }),
    ),
    sound: { ...(await file("score.m4a")), contentType: "audio/mp4", name: "Score", seconds: 2, engine: "previz" },
  };
  await writeFile(path.join(folder, "takes.json"), JSON.stringify(manifest));
  await writeFile(path.join(folder, "document.bin"), Y.encodeStateAsUpdate(doc));
  return shotIds;
}

test("a copy of the sample film has takes and a sound of its own, and they can be read", async () => {
  const shotIds = await writeSample();
  const maya = await comeIn(studio.url, "Maya");
  const order = { workspaceId: maya.workspaceId, createdBy: maya.userId };
  const [one, two] = [
    await beginSampleFilm(studio.parts, order, folder),
    await beginSampleFilm(studio.parts, order, folder),
  ];
  expect(one).not.toBe(two);
  const { project, film } = (await maya.call("GET", `/v1/projects/${one}`)).body;
  expect(project).toMatchObject({ title: "Low Water", posterUrl: expect.stringMatching(/^\/v1\/assets\//) });
  expect(film.problems).toEqual([]);
  const takes = (await maya.call("GET", `/v1/projects/${one}/takes`)).body.takes;
  expect(takes.map((take: { shotId: string }) => take.shotId).sort()).toEqual([...shotIds].sort());
  expect(takes.every((take: { engine: string }) => take.engine === "previz")).toBe(true);
  expect(film.shots.concat(film.clips).filter((record: { takeId?: string }) => record.takeId !== undefined)).toEqual(
    [],
  );
  const sound = film.clips.find((clip: { assetId?: string }) => clip.assetId !== undefined).assetId;
  expect(sound).not.toBe(sampleSoundId);
  const link = (await maya.call("GET", `/v1/assets/${sound}`)).headers.get("location")!;
  expect(await (await fetch(new URL(link, studio.url))).text()).toBe("bytes of score.m4a");
  const exported = await maya.call("POST", `/v1/projects/${one}/exports`, { format: "mp4" });
  const [row] = await studio.parts.sql`select request from jobs where id = ${exported.body.job.id}`;
  expect(row!["request"]).toMatchObject({
    frames: 48,
    engines: ["previz"],
    picture: [{ start: 0, duration: 24 }],
    sound: [{ assetId: sound }],
  });
});

test("a checkout without the sample says so, and leaves no film behind", async () => {
  const sam = await comeIn(studio.url, "Sam");
  const order = { workspaceId: sam.workspaceId, createdBy: sam.userId };
  await expect(beginSampleFilm(studio.parts, order, path.join(folder, "nowhere"))).rejects.toMatchObject({
    code: "service/unavailable",
  });
  expect((await sam.call("GET", "/v1/projects")).body.projects).toEqual([]);
});

test("too many guests from one address are asked to come back, and told when", async () => {
  await comeIn(studio.url, "Third");
  const answer = await fetch(`${studio.url}/v1/guests`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Fourth" }),
  });
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ error: { code: "rate/limited" } });
});
