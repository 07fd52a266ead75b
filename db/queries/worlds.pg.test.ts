import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorldElement } from "#domain/episode/world.ts";
import { workspaces } from "#db/schema/workspace.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";
import { addToWorld, findWorld, keepWorld, listWorlds } from "./worlds.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

const person = (name: string): WorldElement => ({ kind: "character", name, description: "", triggerWords: [] });
const namesIn = async (key: string) =>
  ((await findWorld(film.db, film.workspaceId, key))?.elements ?? []).map((one) => one.name).sort();

test("two plans that add to one world at once both find what they added", async () => {
  const add = (name: string) =>
    film.db.transaction((tx) =>
      addToWorld(tx, {
        workspaceId: film.workspaceId,
        key: "busy",
        found: [person(name), person("Both")],
        source: "stored",
      }),
    );
  await Promise.all(["Ada", "Ben", "Cleo", "Dan"].map(add));
  expect(await namesIn("busy")).toEqual(["Ada", "Ben", "Both", "Cleo", "Dan"]);
});

test("what a person wrote down takes the place of what was there; nothing found leaves no world", async () => {
  await keepWorld(film.db, { workspaceId: film.workspaceId, key: "w", elements: [person("Ada")], source: "extracted" });
  await keepWorld(film.db, { workspaceId: film.workspaceId, key: "w", elements: [person("Ben")], source: "stored" });
  expect(await findWorld(film.db, film.workspaceId, "w")).toMatchObject({
    source: "stored",
    elements: [person("Ben")],
  });
  await addToWorld(film.db, { workspaceId: film.workspaceId, key: "none", found: [], source: "stored" });
  expect(await findWorld(film.db, film.workspaceId, "none")).toBeNull();
});

test("a world belongs to its workspace, whatever others call theirs", async () => {
  const [other] = await film.db.insert(workspaces).values({ name: "Other" }).returning();
  await keepWorld(film.db, { workspaceId: other!.id, key: "w", elements: [person("Eve")], source: "stored" });
  expect(await namesIn("w")).toEqual(["Ben"]);
  const listed = await listWorlds(film.db, film.workspaceId, { limit: 10 });
  expect(listed.map((one) => one.key)).toEqual(["busy", "w"]);
  expect(await listWorlds(film.db, film.workspaceId, { limit: 10, after: "busy" })).toHaveLength(1);
});
