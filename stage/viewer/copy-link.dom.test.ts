import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readManifestJson } from "#domain/generation/manifest.ts";
import { openViewer, type Viewer } from "./player.ts";

const manifest = readManifestJson({
  ...{ version: 1, prompt: "An alley.", seed: 7, planner: "rules", engine: "previz" },
  ...{ seconds: 6, frames: 144, fps: { num: 24, den: 1 }, width: 640, height: 360 },
  files: [{ name: "film.mp4", role: "video", contentType: "video/mp4", bytes: 9, sha256: "ab".repeat(32) }],
});
const link = "https://studio.example/view/g1.key";

let viewer: Viewer;
function open(own: { link?: string }): void {
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const read = () => Promise.reject(new Error("nothing is read here"));
  viewer = openViewer(root, { manifest, read, url: (name) => name, downloads: [], ...own });
}
const clipboard = (writeText: ((text: string) => Promise<void>) | null) =>
  Object.defineProperty(navigator, "clipboard", {
    ...{ configurable: true, value: writeText === null ? undefined : { writeText } },
  });
const button = (name: string) => document.querySelector<HTMLButtonElement>(`[data-tool="${name}"]`)!;
const names = () => [button("link").getAttribute("aria-label"), button("link-cover").textContent];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => {
  viewer.dispose();
  Reflect.deleteProperty(navigator, "clipboard");
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test.each(["link", "link-cover"])("the scene's address is copied, which is said for a moment (%s)", async (name) => {
  const copied: string[] = [];
  clipboard((text) => Promise.resolve(void copied.push(text)));
  open({ link });
  expect([button(name).hidden, ...names()]).toEqual([false, "Copy link", "Copy link"]);
  button(name).click();
  await vi.advanceTimersByTimeAsync(0);
  expect([...copied, ...names()]).toEqual([link, "Copied", "Copied"]);
  expect(document.querySelector(".bv-hush[role=status]")?.textContent).toBe("Link copied");
  await vi.advanceTimersByTimeAsync(3000);
  expect(names()).toEqual(["Copy link", "Copy link"]);
});

test("where a page may not copy it is said where the link is", async () => {
  for (const refused of [null, () => Promise.reject(new Error("not allowed"))]) {
    clipboard(refused);
    open({ link });
    button("link").click();
    await vi.advanceTimersByTimeAsync(0);
    expect(document.querySelector(".bv-note")?.textContent).toMatch(/address bar/);
    expect(names()).toEqual(["Copy link", "Copy link"]);
    viewer.dispose();
  }
});

test("a scene in a folder on a disk has no address to pass on", () => {
  open({});
  expect([button("link").hidden, button("link-cover").hidden]).toEqual([true, true]);
});

test("who leaves while it is being copied leaves nothing waiting", async () => {
  clipboard(() => new Promise((done) => setTimeout(done, 100)));
  open({ link });
  button("link").click();
  viewer.dispose();
  await vi.advanceTimersByTimeAsync(100);
  expect(vi.getTimerCount()).toBe(0);
});
