import { afterAll, beforeAll, expect, test } from "vitest";
import { insertAsset } from "#db/queries/assets.ts";
import { editFilm } from "../services/film-edits.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
let stranger: TestCaller;
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  stranger = await studio.comeIn("Stan");
});
afterAll(() => studio.stop());

async function aFilm(title: string): Promise<string> {
  const { body } = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title });
  return body.project.id;
}
const elementsOf = async (film: string) => (await maya.call("GET", `/v1/projects/${film}/elements`)).body.elements;
const add = async (film: string, element: object) =>
  (await maya.call("POST", `/v1/projects/${film}/elements`, { description: "", triggerWords: [], ...element })).body
    .element;
const keep = async (film: string, id: string) =>
  (await maya.call("POST", `/v1/projects/${film}/elements/${id}/to-library`)).body.element;
const bring = (film: string, ids: string[], who = maya) =>
  who.call("POST", `/v1/projects/${film}/elements/from-library`, { ids });

async function aPicture(projectId: string): Promise<string> {
  const row = await insertAsset(studio.parts.db, {
    ...{ workspaceId: maya.workspaceId, projectId, kind: "image", name: "hale.png", contentType: "image/png" },
    ...{ bytes: 9, sha256: "0".repeat(64), objectKey: `key-${projectId}`, state: "ready", source: "upload" },
  });
  return row.id;
}

test("what one film keeps another brings, with a row of its own for the same picture", async () => {
  const [one, other] = [await aFilm("One"), await aFilm("Other")];
  const picture = await aPicture(one);
  const hale = await add(one, { kind: "character", name: "Captain Hale", refs: [{ assetId: picture }] });
  const kept = await keep(one, hale.id);
  expect(kept).toMatchObject({ kind: "character", version: 1, element: { name: "Captain Hale" } });
  expect((await bring(other, [kept.id])).status).toBe(200);
  await bring(other, [kept.id]);
  const [brought, ...more] = await elementsOf(other);
  expect(more).toEqual([]);
  expect(brought).toMatchObject({ name: "Captain Hale", library: { id: kept.id, version: 1, kept: [] } });
  expect(brought.refs[0].assetId).not.toBe(picture);
  const { assets } = (await maya.call("GET", `/v1/projects/${other}/assets`)).body;
  expect(assets.map((asset: { id: string }) => asset.id)).toEqual([brought.refs[0].assetId]);
});

test("a new version is taken over but for what the film changed itself", async () => {
  const [one, other] = [await aFilm("Three"), await aFilm("Four")];
  const noor = await add(one, { kind: "character", name: "Noor", description: "in grey" });
  const { id } = await keep(one, noor.id);
  await bring(other, [id]);
  const [own] = await elementsOf(other);
  await maya.call("PATCH", `/v1/projects/${other}/elements/${own.id}`, { description: "in red" });
  await maya.call("PATCH", `/v1/projects/${one}/elements/${noor.id}`, { description: "in blue", colours: ["#0000aa"] });
  expect(await keep(one, noor.id)).toMatchObject({ id, version: 2 });
  const [before] = await elementsOf(other);
  expect(before).toMatchObject({ description: "in red", library: { version: 1 } });
  await bring(other, [id]);
  const [after] = await elementsOf(other);
  expect(after).toMatchObject({ description: "in red", colours: ["#0000aa"], library: { version: 2 } });
  expect(await keep(other, own.id)).toMatchObject({
    ...{ version: 3, element: { description: "in red", colours: ["#0000aa"] } },
  });
  const [now] = await elementsOf(other);
  expect(now.library).toEqual({ id, version: 3, kept: [] });
});

test("one of the same name that the film made itself keeps what was written of it", async () => {
  const film = await aFilm("Five");
  const made = await maya.call("POST", `/v1/workspaces/${maya.workspaceId}/elements`, {
    kind: "object",
    element: { name: "Wheel", description: "teak", triggerWords: ["wheel_v1"] },
  });
  await add(film, { kind: "object", name: "wheel", description: "steel" });
  await bring(film, [made.body.element.id]);
  const [wheel, ...more] = await elementsOf(film);
  expect(more).toEqual([]);
  expect(wheel).toMatchObject({ description: "steel", triggerWords: ["wheel_v1"] });
});

test("a name stands once in a library; who is not of the workspace knows of none of it", async () => {
  const at = `/v1/workspaces/${maya.workspaceId}/elements`;
  const lamp = { kind: "object", element: { name: "Lamp", description: "", triggerWords: [] } };
  const { id } = (await maya.call("POST", at, lamp)).body.element;
  const upper = { ...lamp, element: { ...lamp.element, name: "LAMP" } };
  expect((await maya.call("POST", at, upper)).body.error.code).toBe("thing/conflict");
  expect((await stranger.call("GET", at)).status).toBe(404);
  expect((await stranger.call("PATCH", `/v1/library-elements/${id}`, { element: lamp.element })).status).toBe(404);
  const theirs = { workspaceId: stranger.workspaceId, title: "Theirs" };
  const film = (await stranger.call("POST", "/v1/projects", theirs)).body.project.id;
  expect((await bring(film, [id], stranger)).status).toBe(404);
  expect((await maya.call("DELETE", `/v1/library-elements/${id}`)).status).toBe(200);
  expect((await maya.call("POST", at, upper)).status).toBe(201);
});

test("whoever may change one film of a workspace writes nothing into its library, and is told why", async () => {
  const film = await aFilm("Shared");
  const guest = await studio.comeIn("Gus");
  const watcher = await studio.comeIn("Wanda");
  await studio.parts.sql`insert into project_members (project_id, user_id, role)
    select ${film}::uuid, id, 'editor' from unnest(${[guest.userId, watcher.userId]}::text[]) as id`;
  await studio.parts.sql`insert into workspace_members (workspace_id, user_id, role)
    values (${maya.workspaceId}, ${watcher.userId}, 'viewer')`;
  const ghost = await add(film, { kind: "character", name: "Ghost", description: "pale" });
  const at = `/v1/projects/${film}/elements/${ghost.id}/to-library`;
  for (const who of [guest, watcher]) {
    const { status, body } = await who.call("POST", at);
    expect([status, body.error.code, body.error.message]).toEqual([
      ...[403, "auth/forbidden", expect.stringContaining("not the library of its workspace")],
    ]);
  }
  expect((await stranger.call("POST", at)).status).toBe(404);
  const library = (who: TestCaller) => who.call("GET", `/v1/workspaces/${maya.workspaceId}/elements`);
  const { body: mine } = await library(maya);
  expect(mine.elements.some(({ element }: { element: { name: string } }) => element.name === "Ghost")).toBe(false);
  expect([mine.mayEdit, (await library(watcher)).body.mayEdit, (await library(guest)).status]).toEqual([
    ...[true, false, 404],
  ]);
});

test("an element that says it came from what is no entry of this library's kind becomes an entry of its own", async () => {
  const film = await aFilm("Forged");
  const lamp = { kind: "object", element: { name: "Bell", description: "brass", triggerWords: [] } };
  const bell = (await maya.call("POST", `/v1/workspaces/${maya.workspaceId}/elements`, lamp)).body.element;
  const names = async () => {
    const { elements } = (await maya.call("GET", `/v1/workspaces/${maya.workspaceId}/elements`)).body;
    return elements.map((each: { element: object }) => each.element);
  };
  for (const { name, id } of [
    { name: "Forger", id: bell.id },
    { name: "Nonsense", id: "no-uuid" },
  ]) {
    const library = { id, version: 1, kept: ["name", "description"] };
    // As somebody may write it into the film's document.
    const element = { kind: "character" as const, name, description: "forged", triggerWords: [], library };
    await editFilm(studio.parts.bus, film, { kind: "add-element", element });
    const forged = (await elementsOf(film)).find((each: { name: string }) => each.name === name);
    const { status, body } = await maya.call("POST", `/v1/projects/${film}/elements/${forged.id}/to-library`);
    expect([name, status, body.element?.id === bell.id]).toEqual([name, 200, false]);
  }
  expect(await names()).toContainEqual(expect.objectContaining({ name: "Bell", description: "brass" }));
});
