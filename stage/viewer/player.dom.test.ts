import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readManifestJson } from "#domain/generation/manifest.ts";
import { openViewer, type Viewer, type ViewerSource } from "./player.ts";

const file = (name: string, bytes: number) => ({
  ...{ name, role: "video", contentType: "video/mp4", bytes, sha256: "ab".repeat(32) },
});
const manifest = readManifestJson({
  ...{ version: 1, prompt: "A rainy neon alley. A detective walks.", seed: 7, planner: "rules", engine: "previz" },
  ...{ seconds: 6, frames: 144, fps: { num: 24, den: 1 }, width: 640, height: 360 },
  files: [file("film.mp4", 2_100_000), file("poster.jpg", 9900)],
});
const source: ViewerSource = {
  manifest,
  read: () => Promise.reject(new Error("nothing is read where nothing can be drawn")),
  url: (name) => `files/${name}`,
  downloads: [
    { name: "package.zip", label: "Everything, with a player", bytes: 6_858_639, url: "files/package.zip" },
    ...manifest.files.map(({ name, label, bytes }) => ({ name, label, bytes, url: `files/${name}` })),
  ],
};

let viewer: Viewer;
beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  viewer = openViewer(root, source);
});
afterEach(() => {
  viewer.dispose();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const one = <T extends Element>(selector: string) => document.querySelector<T>(selector)!;

test("where nothing can be drawn in 3D the film is there with its poster, and it is said why", () => {
  expect(viewer.state).toBe("film");
  expect(one("h1").textContent).toBe("A rainy neon alley");
  const film = one<HTMLVideoElement>("video");
  expect([film.getAttribute("src"), film.getAttribute("poster"), film.controls]).toEqual([
    "files/film.mp4",
    "files/poster.jpg",
    true,
  ]);
  expect(one(".bv-note").textContent).toContain("cannot show 3D");
});

test("everything can be taken away, the whole first, with what it was made from beside it", () => {
  const opener = one<HTMLButtonElement>('[data-tool="keep-cover"]');
  opener.focus();
  opener.click();
  const sheet = one<HTMLElement>('[role="dialog"]');
  expect([...sheet.querySelectorAll("a")].map((link) => [link.getAttribute("href"), link.download])).toEqual([
    ["files/package.zip", "package.zip"],
    ["files/film.mp4", "film.mp4"],
    ["files/poster.jpg", "poster.jpg"],
  ]);
  expect(sheet.textContent).toContain("6.9 MB");
  expect(sheet.textContent).toContain("A rainy neon alley. A detective walks.");
  expect(sheet.textContent).toContain("costs nothing");
  sheet.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(document.querySelector('[role="dialog"]')).toBeNull();
});

/** Presses a key on whatever has the focus. @returns whether the browser still does what it does of itself */
const press = (key: string) =>
  document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
/** Presses a button as a mouse does: it has the focus then. */
function point(selector: string): void {
  const button = one<HTMLElement>(selector);
  button.focus();
  button.dispatchEvent(new MouseEvent("click", { detail: 1, bubbles: true }));
}

test("after a panel was closed Space plays, and does not open it again", () => {
  const play = vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  for (const [tool, panel] of [
    ["keep-cover", '[role="dialog"]'],
    ["keep", '[role="dialog"]'],
    ["mix", ".bv-mixer"],
  ] as const) {
    play.mockClear();
    point(`[data-tool="${tool}"]`);
    expect(document.querySelector(panel)).not.toBeNull();
    press("Escape");
    press(" ");
    expect([tool, document.querySelector(panel), play.mock.calls.length]).toEqual([tool, null, 1]);
    expect(document.activeElement).toBe(one(".bv"));
  }
});

test("a button pressed with a pointer leaves Space to the film; one reached by Tab answers Space itself", () => {
  const play = vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  point('[data-tool="stats"]');
  press(" ");
  expect(play).toHaveBeenCalledTimes(1);
  one<HTMLElement>('[data-tool="keep"]').focus();
  expect([press(" "), press("Enter")]).toEqual([true, true]);
  one<HTMLElement>('[data-tool="stats"]').click();
  expect(document.activeElement).toBe(one('[data-tool="keep"]'));
  expect(play).toHaveBeenCalledTimes(1);
});

test("Space plays where a slider of the sound was moved last, which arrows go on moving", () => {
  const play = vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  one<HTMLElement>("input.bv-volume").focus();
  expect([press("ArrowLeft"), press(" ")]).toEqual([true, false]);
  expect(play).toHaveBeenCalledTimes(1);
});

test("a click inside the sheet leaves its keys where they are: Escape still closes it", () => {
  point('[data-tool="keep"]');
  const sheet = one<HTMLElement>('[role="dialog"]');
  sheet.focus();
  press("Escape");
  expect(sheet.isConnected).toBe(false);
});

test("a viewer that is gone leaves nothing on the page and hears no keys", () => {
  const root = one<HTMLElement>(".bv").parentElement!;
  viewer.dispose();
  expect(root.children).toHaveLength(0);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "f" }));
});
