import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SceneMaker } from "./scene-maker.tsx";
import { sceneState } from "./scenes.ts";

/** What the studio was asked, and what it answers next. */
let asked: [string, string, unknown][];
let answers: Record<string, { status: number; body: unknown }>;
let root: Root;
const went = vi.fn<(to: string) => void>();

beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  asked = [];
  const scene = { job_id: "g1", prompt: "A quiet harbour. Gulls.", status: "motion", progress: 0.41, stages: [] };
  answers = {
    "GET /v1/generations?limit=4": { status: 200, body: { generations: [scene] } },
    "POST /v1/generations": { status: 202, body: { job_id: "g2", status: "queued" } },
    "POST /v1/generations/g2/viewer": { status: 200, body: { viewer_url: "http://elsewhere:1/view/g2.key" } },
    "POST /v1/generations/g1/viewer": { status: 200, body: { viewer_url: "http://elsewhere:1/view/g1.key" } },
  };
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    asked.push([method, path, typeof init.body === "string" ? JSON.parse(init.body) : null]);
    const { status, body } = answers[`${method} ${path}`]!;
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
  vi.stubGlobal("location", { assign: went });
  document.body.replaceChildren(document.createElement("div"));
  root = createRoot(document.body.querySelector("div")!);
  await act(async () => root.render(<SceneMaker />));
});
afterEach(async () => {
  await act(async () => root.unmount());
  went.mockReset();
  vi.unstubAllGlobals();
});

async function write(text: string): Promise<void> {
  const field = document.querySelector("input")!;
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await act(async () => {
    document.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
}

test("a sentence becomes a scene, and one is taken to its page under the name the studio is reached by", async () => {
  await write("  A rainy neon alley  ");
  expect(asked.filter(([method]) => method === "POST")).toEqual([
    ["POST", "/v1/generations", { prompt: "A rainy neon alley" }],
    ["POST", "/v1/generations/g2/viewer", {}],
  ]);
  expect(went).toHaveBeenCalledWith("/view/g2.key");
});

test("nothing is asked for with nothing written, and what goes wrong is said", async () => {
  await write("   ");
  expect(asked).toHaveLength(1);
  const message = "Twelve are enough. Try again in a minute.";
  answers["POST /v1/generations"] = { status: 429, body: { error: { code: "rate/limited", message } } };
  await write("An alley");
  expect(document.querySelector("[role=alert]")?.textContent).toBe(message);
  expect(went).not.toHaveBeenCalled();
});

test("a scene whose page cannot be opened yet is made once; pressing again only opens it, and it is on the list", async () => {
  const link = answers["POST /v1/generations/g2/viewer"]!;
  answers["POST /v1/generations/g2/viewer"] = { status: 503, body: {} };
  const made = { job_id: "g2", prompt: "An alley", status: "queued", progress: 0, stages: [] };
  answers["GET /v1/generations?limit=4"] = { status: 200, body: { generations: [made] } };
  await write("An alley");
  expect(document.querySelector("li")?.textContent).toBe("An alleyQueued");
  answers["POST /v1/generations/g2/viewer"] = link;
  await write("An alley");
  expect(asked.filter(([method, path]) => method === "POST" && path === "/v1/generations")).toHaveLength(1);
  expect(went).toHaveBeenCalledWith("/view/g2.key");
});

test("who stops the way to a scene finds every button alive", async () => {
  await write("An alley");
  expect(document.querySelector<HTMLButtonElement>("li button")!.disabled).toBe(false);
  expect(document.querySelector("input")!.value).toBe("");
});

test("those made lately are there with how far they are, and open", async () => {
  const button = document.querySelector<HTMLButtonElement>("li button")!;
  expect(button.textContent).toBe("A quiet harbourMaking the cast, 41%");
  await act(async () => button.click());
  expect(went).toHaveBeenCalledWith("/view/g1.key");
});

test("a scene's state is said in few words", () => {
  const said = (["queued", "env", "done", "failed", "cancelled"] as const).map((status) =>
    sceneState({ status, progress: 0.2 }),
  );
  expect(said).toEqual(["Queued", "Making the set, 20%", "Ready", "Failed", "Cancelled"]);
});

test("a finished scene is there with its poster, and one without has none", async () => {
  const files = [
    { name: "film.mp4", url: "/v1/assets/a1" },
    { name: "poster.jpg", url: "/v1/assets/a2" },
  ];
  const done = { job_id: "g3", prompt: "An alley", status: "done", progress: 1, stages: [{ files: [] }, { files }] };
  const others = [
    { ...done, job_id: "g4", stages: [] },
    { ...done, job_id: "g5", status: "package" },
  ];
  answers["GET /v1/generations?limit=4"] = { status: 200, body: { generations: [done, ...others] } };
  await act(async () => root.render(<SceneMaker key="anew" />));
  const pictures = [...document.querySelectorAll("li")].map((item) => item.querySelector("img")?.getAttribute("src"));
  expect(pictures).toEqual(["/v1/assets/a2", undefined, undefined]);
});
