import { act, useEffect, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createKept } from "./kept-scene.ts";
import { SceneToCome } from "./scene-to-come.tsx";

/** What the page's router says and does. */
const router = vi.hoisted(() => {
  const self = { state: "idle" as "idle" | "loading", ask: () => {}, revalidate: () => self.ask() };
  return self;
});
vi.mock("@remix-run/react", async (original) => ({ ...(await original<object>()), useRevalidator: () => router }));

const making = (progress: number) => ({
  ...{ viewKey: "k", title: "A pier", prompt: "a pier.", stage: "env" as const, state: "making" as const, progress },
  look: { place: "harbour", interior: false, hour: "dusk", weather: "clear", people: 1, seed: 7 } as const,
  stageProgress: 0.417,
});
/** How the studio answers, and when it was asked, in seconds. */
let answer: (signal: AbortSignal) => Promise<ReturnType<typeof making>>;
let asked: number[];
let root: Root;
let failed: unknown;

/** The page as its route has it: asking anew while an answer is awaited gives up that one. */
function Page() {
  const [scene, setScene] = useState<ReturnType<typeof making> & { unanswered?: number }>(making(0));
  const [kept] = useState(() => createKept<ReturnType<typeof making>>());
  useEffect(() => kept.know(scene), [kept, scene]);
  useEffect(() => {
    let now = new AbortController();
    const ask = async (signal: AbortSignal) => {
      try {
        const next = await kept.ask("k", () => answer(signal), signal);
        if (!signal.aborted) setScene(next);
      } catch (error) {
        if (!signal.aborted) failed = error;
      }
      if (signal === now.signal) router.state = "idle";
    };
    router.state = "idle";
    router.ask = () => {
      asked.push((Date.now() - began) / 1000);
      now.abort();
      now = new AbortController();
      router.state = "loading";
      void ask(now.signal);
    };
  }, [kept]);
  return <SceneToCome {...scene} />;
}

let began: number;
beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers();
  asked = [];
  failed = undefined;
  began = Date.now();
  answer = async () => making(0.5);
  document.body.replaceChildren(document.createElement("div"));
  root = createRoot(document.body.querySelector("div")!);
  await act(async () => root.render(<Page />));
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What is shown follows once a second. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await act(() => vi.advanceTimersByTimeAsync(1000));
}
const progress = () => document.querySelector("progress")!.value;
const after = <T,>(seconds: number, value: T) =>
  new Promise<T>((done) => setTimeout(() => done(value), seconds * 1000));

test("where nobody answers, the page stays as it was and asks again", async () => {
  answer = () => Promise.reject(new TypeError("Failed to fetch"));
  await pass(4);
  expect(asked).toHaveLength(1);
  expect(failed).toBeUndefined();
  expect(document.body.textContent).toContain("Building the set");
  answer = async () => making(0.7);
  await pass(12);
  expect(progress()).toBe(0.7);
});

test("an answer that takes longer than the time between two questions arrives all the same", async () => {
  answer = (signal) => after(7, making(0.6)).then((scene) => (signal.aborted ? Promise.reject(signal.reason) : scene));
  await pass(12);
  expect(progress()).toBe(0.6);
});

test("the longer nobody answers, or the studio says it has enough to do, the more seldom it is asked; then as before", async () => {
  answer = () => Promise.reject({ status: 429, statusText: "", internal: false, data: null });
  await pass(120);
  expect(asked.length).toBeLessThan(9);
  expect(failed).toBeUndefined();
  answer = async () => making(0.5);
  await pass(40);
  const before = asked.length;
  await pass(30);
  expect(asked.length - before).toBe(10);
});

test("a link that opens nothing any more is no silence: the page says so", async () => {
  answer = () => Promise.reject({ status: 404, statusText: "", internal: false, data: null });
  await pass(4);
  expect(failed).toMatchObject({ status: 404 });
});

test("while it is made one sees how far the step is, reads the sentence once, and learns that one may leave", () => {
  expect(document.querySelector(".scene-to-come-now")?.textContent).toBe("Building the set … 42%");
  expect(document.body.textContent?.match(/a pier/gi)).toHaveLength(1);
  expect(document.body.textContent).toContain(
    "You can close this page. The scene keeps rendering, and this link will show it.",
  );
});

test("who has it read to them hears each step, and not every percent", () => {
  const told = document.querySelector("[aria-live]")!;
  expect(told.textContent).toBe("Building the set …");
});

test("a scene that stopped goes on by nobody's leaving, and has no percent", async () => {
  const { progress: _, stageProgress: __, ...said } = making(0);
  await act(async () => root.render(<SceneToCome {...said} state="stopped" failed prompt="A pier. Gulls cry." />));
  expect(document.body.textContent).not.toMatch(/close this page|%/);
  expect(document.querySelector("blockquote")?.textContent).toBe("Gulls cry.");
});

test("while there is nothing to see yet the scene is drawn as its sentence says it, and what is made comes forward", async () => {
  const shown = () =>
    [...document.querySelectorAll<SVGElement>(".scene-backdrop > g[style]")].map((one) => Number(one.style.opacity));
  const [set = 0, people = 1] = shown();
  expect(set).toBeLessThan(0.7);
  expect(people).toBe(0);
  await act(async () => root.render(<SceneToCome {...making(0.4)} stage="motion" stageProgress={0.5} />));
  expect(shown()).toEqual([1, 0.5]);
});
