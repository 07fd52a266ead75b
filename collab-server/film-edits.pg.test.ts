import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { ask } from "#bus/messages.ts";
import { FilmEditReply, type FilmEdit } from "#domain/collab/film-edits.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { CollabServer } from "./collab-server.ts";
import { until } from "./testing/peer.ts";
import { openCollabStudio, startServer, type CollabStudio } from "./testing/studio.ts";

let studio: CollabStudio;
let server: CollabServer;
beforeAll(async () => {
  studio = await openCollabStudio();
  server = await startServer(studio);
});
afterAll(async () => {
  await server.stop();
  await studio.close();
});

const meta = { title: "Night Ferry", width: 1280, height: 720, fps: { num: 24, den: 1 } };
const edit = (projectId: string, what: FilmEdit, editId = randomUUID() as string): Promise<FilmEditReply> =>
  ask(studio.bus, subjects.edit(projectId), { v: 1, editId, projectId, edit: what }, FilmEditReply);
const scene = {
  heading: "INT. LOUNGE - NIGHT",
  setting: "int" as const,
  location: "LOUNGE",
  time: "NIGHT",
  synopsis: "",
  shots: [
    {
      type: "wide" as const,
      move: "static" as const,
      action: "Ada sits.",
      dialogue: [],
      characters: ["ADA"],
      durationFrames: 48,
    },
  ],
};

test("a film is begun, written, boarded and assembled with nobody there", async () => {
  const projectId = await studio.addProject();
  const replies = [
    await edit(projectId, { kind: "begin", meta, screenplay: "INT. LOUNGE - NIGHT\n" }),
    await edit(projectId, { kind: "replace-screenplay", text: "INT. LOUNGE - NIGHT\n\nAda sits.\n" }),
    await edit(projectId, { kind: "commit-breakdown", scenes: [scene] }),
    await edit(projectId, { kind: "assemble" }),
    await edit(projectId, { kind: "change-meta", patch: { title: "The Last Ferry" } }),
    await edit(projectId, { kind: "place-sound", assetId: "asset-1", durationFrames: 48, name: "score" }),
  ];
  expect(replies).toEqual(replies.map((_, i) => ({ status: "stored", position: i + 1 })));
  const film = readFilm(await studio.stored(projectId));
  expect(film.screenplay).toBe("INT. LOUNGE - NIGHT\n\nAda sits.\n");
  expect(film.meta).toEqual({ ...meta, title: "The Last Ferry" });
  expect(film.shots.length).toBe(1);
  expect(film.clips.length).toBe(2);
  const chosen = await edit(projectId, { kind: "choose-take", shotId: film.shots[0]!.id, takeId: "take-1" });
  expect(chosen.status).toBe("stored");
  expect(readFilm(await studio.stored(projectId)).shots[0]!.takeId).toBe("take-1");
});

test("people who have the film open see the edit and keep their own", async () => {
  const projectId = await studio.addProject();
  await edit(projectId, { kind: "begin", meta, screenplay: "one\n" });
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  const b = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  await until("both have it", () => a.text === "one\n" && b.text === "one\n");
  a.doc.getText("screenplay").insert(0, "zero\n");
  const reply = edit(projectId, { kind: "replace-screenplay", text: "one\ntwo\n" });
  expect((await reply).status).toBe("stored");
  await until("all see the same", () => a.text.includes("two") && a.text === b.text);
  await until("a is saved", () => a.isSaved);
  expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(a.text);
});

test("the same edit asked again, at once or later, is applied once", async () => {
  const projectId = await studio.addProject();
  await edit(projectId, { kind: "begin", meta });
  const editId = randomUUID();
  const want: FilmEdit = { kind: "commit-breakdown", scenes: [scene] };
  const [first, second] = await Promise.all([edit(projectId, want, editId), edit(projectId, want, editId)]);
  expect(second).toEqual(first);
  await edit(projectId, { kind: "change-meta", patch: { title: "Other" } });
  expect(await edit(projectId, want, editId)).toEqual(first);
  expect(readFilm(await studio.stored(projectId)).scenes.length).toBe(1);
  // One that changed nothing is remembered too.
  const idle = randomUUID();
  const unchanged = await edit(projectId, { kind: "change-meta", patch: { title: "Other" } }, idle);
  await edit(projectId, { kind: "change-meta", patch: { title: "Third" } });
  expect(await edit(projectId, { kind: "change-meta", patch: { title: "Other" } }, idle)).toEqual(unchanged);
  expect(readFilm(await studio.stored(projectId)).meta.title).toBe("Third");
});

test("what a planner made comes under its own ids, behind what people wrote meanwhile, once", async () => {
  const projectId = await studio.addProject();
  await edit(projectId, { kind: "begin", meta });
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  await until("a has it", () => a.provider.synced);
  a.doc.getText("screenplay").insert(0, "Mine.\n");
  await until("a is saved", () => a.isSaved);
  const editId = randomUUID();
  const { shots, ...place } = scene;
  const want: FilmEdit = {
    kind: "add-planned",
    scenes: [{ ...place, id: "scene-1", shots: [{ ...shots[0]!, id: "shot-1", elementIds: ["ada"] }] }],
    elements: [{ id: "ada", kind: "character", name: "Ada", description: "", triggerWords: [] }],
    screenplay: "INT. LOUNGE - NIGHT\n\nAda sits.\n",
  };
  const replies = await Promise.all([edit(projectId, want, editId), edit(projectId, want, editId)]);
  expect(replies.map((reply) => reply.status)).toEqual(["stored", "stored"]);
  await until("a sees it", () => a.text === "Mine.\n\nINT. LOUNGE - NIGHT\n\nAda sits.\n");
  const film = readFilm(await studio.stored(projectId));
  expect(film.shots.map((shot) => [shot.id, shot.elementIds])).toEqual([["shot-1", ["ada"]]]);
  expect(film.problems).toEqual([]);
});

test("a film begins from a whole document, once", async () => {
  const source = new Y.Doc();
  source.getText("screenplay").insert(0, "from elsewhere");
  const update = Buffer.from(Y.encodeStateAsUpdate(source)).toString("base64");
  const projectId = await studio.addProject();
  await edit(projectId, { kind: "begin", meta, update });
  await edit(projectId, { kind: "begin", meta: { ...meta, title: "Again" }, screenplay: "again" });
  const film = readFilm(await studio.stored(projectId));
  expect([film.screenplay, film.meta.title]).toEqual(["from elsewhere", "Night Ferry"]);
  expect(film.tracks.map((track) => track.kind)).toEqual(["video", "audio"]);
});

test("what cannot be done is refused with a code", async () => {
  const projectId = await studio.addProject();
  expect(await edit(randomUUID(), { kind: "begin", meta })).toMatchObject({
    status: "refused",
    code: "thing/not-found",
  });
  expect(await edit(projectId, { kind: "begin", meta, update: "/////w==" })).toMatchObject({
    status: "refused",
    code: "request/invalid",
  });
  expect(await edit(projectId, { kind: "nonsense" } as unknown as FilmEdit)).toMatchObject({
    status: "refused",
    code: "request/invalid",
  });
});

test("the project's title follows the film's", async () => {
  const projectId = await studio.addProject();
  await edit(projectId, { kind: "begin", meta });
  await until(
    "the title is there",
    async () => (await studio.sql`select title from projects where id = ${projectId}`)[0]?.["title"] === "Night Ferry",
    9000,
  );
});
