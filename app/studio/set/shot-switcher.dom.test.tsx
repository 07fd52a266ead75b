import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { duplicateShots, insertScene } from "#domain/film/board-edits.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { OutlineScene } from "#app/studio/shell/outline-scene.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { SetPanel } from "./set-panel.tsx";
import { shotChoices } from "./shot-choices.ts";
import { useSetKeys } from "./use-set-keys.ts";
import { useShotSet, type ShotSet } from "./use-set.ts";

let here: OpenBoard;
const film = () => readFilm(here.film.session.doc);
const shownShot = () => {
  const [id] = here.film.selection.get().shotIds;
  return film().shots.findIndex((shot) => shot.id === id);
};

function Keys({ set }: { set: ShotSet }) {
  useSetKeys(set);
  return null;
}
function Set() {
  const set = useShotSet();
  return set === null ? null : <Keys set={set} />;
}
function Scenes() {
  const { scenes, shots } = useFilm((now) => ({ scenes: now.scenes, shots: now.shots }));
  return scenes.map((scene) => (
    <OutlineScene
      key={scene.id}
      scene={scene}
      measure={null}
      shots={shots.filter(({ sceneId }) => sceneId === scene.id)}
      view="3d"
      isOpen={false}
      isCurrent={false}
      onToggle={() => undefined}
    />
  ));
}

beforeEach(async () => {
  here = await openBoard(
    <>
      <SetPanel />
      <Set />
      <Scenes />
    </>,
    (doc, edit) => {
      const pier = insertScene(doc, { heading: "EXT. PIER - NIGHT", durationFrames: 48 }, null, edit);
      duplicateShots(doc, [pier.shotId], edit);
      insertScene(doc, { heading: "INT. CABIN - DAY", durationFrames: 48 }, pier.sceneId, edit);
    },
  );
  await here.does(() => here.film.selection.set({ shotIds: [film().shots[0]!.id], clipIds: [] }));
});
afterEach(() => here.close());

const press = (key: string) =>
  act(async () => void document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
const isOff = (name: string) => (here.button(name) as HTMLButtonElement).disabled;

test("one goes from shot to shot in the set, also into the next scene, and stays at the film's ends", async () => {
  expect(isOff("Previous shot")).toBe(true);
  await here.does(() => here.button("Next shot").click());
  await here.does(() => here.button("Next shot").click());
  expect(shownShot()).toBe(2);
  expect(isOff("Next shot")).toBe(true);
  expect(here.page.querySelector(".panel-head")!.textContent).toContain("Cabin");
  await press("PageDown");
  expect(shownShot()).toBe(2);
  await press("PageUp");
  expect(shownShot()).toBe(1);
  await press("PageDown");
  expect(shownShot()).toBe(2);
});

test("a scene of the outline brings its first shot into the set, and leaves a shot of its own where it is", async () => {
  const scene = (name: string) =>
    [...here.page.querySelectorAll<HTMLElement>("button.scene")].find(({ textContent }) =>
      textContent?.includes(name),
    )!;
  await here.does(() => scene("Cabin").click());
  expect(shownShot()).toBe(2);
  await here.does(() => scene("Pier").click());
  expect(shownShot()).toBe(0);
  await press("PageDown");
  await here.does(() => scene("Pier").click());
  expect(shownShot()).toBe(1);
});

test("the menu has the shots by number, each under its scene, and of a long film those round this one", async () => {
  const { shots, scenes } = film();
  const [first, , third] = shotChoices({ shots, scenes }, shots[0]!.id);
  expect(first).toMatchObject({ id: shots[0]!.id, group: "1 Pier" });
  expect(first!.name).toMatch(/^1A /);
  expect(third).toMatchObject({ group: "2 Cabin" });
  const many = Array.from({ length: 1000 }, (_, index) => ({ ...shots[0]!, id: `shot ${index}` }));
  const round = shotChoices({ shots: many, scenes }, "shot 500").map(({ id }) => id);
  expect(round).toContain("shot 500");
  expect(round.length).toBeLessThan(200);
});
