import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startLlmDouble, type LlmDouble } from "#testing/llm-double.ts";
import { createRateLimit } from "../rate-limit.ts";
import { modelTurnsPerMinute } from "../services/model-turns.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

const script = `INT. KITCHEN - DAY

ANN stirs a pot.

ANN
It needs salt.

EXT. YARD - DAY

A dog sleeps.
`;
const shot = (first: number, last: number, type: string, action: string) => ({
  first,
  last,
  type,
  move: "static",
  action,
  characters: ["ANN"],
  seconds: 4,
});
const kitchen = { scene: 1, shots: [shot(1, 1, "insert", "Steam rises."), shot(2, 2, "close_up", "Ann tastes.")] };
const yard = { scene: 2, shots: [shot(1, 1, "wide", "A dog in the dust.")] };

let studio: TestStudio;
let double: LlmDouble;
let ann: TestCaller;
let projectId: string;
beforeAll(async () => {
  [studio, double] = await Promise.all([startTestStudio(), startLlmDouble()]);
  ann = await studio.comeIn("Ann");
});
afterAll(() => Promise.all([studio.stop(), double.stop()]));
beforeEach(async () => {
  studio.parts.modelLimit = createRateLimit(modelTurnsPerMinute, studio.parts.now);
  studio.parts.env.llm = { baseUrl: double.baseUrl, model: "a-model", timeoutSeconds: 5 };
  const wish = { workspaceId: ann.workspaceId, title: "Salt", screenplay: script };
  projectId = (await ann.call("POST", "/v1/projects", wish)).body.project.id;
});

const ask = (wish: object = {}) => ann.call("POST", `/v1/projects/${projectId}/storyboard/ai-parse`, wish);
const actionsOf = (scenes: { shots: { action: string }[] }[]) =>
  scenes.map((scene) => scene.shots.map(({ action }) => action));

test("a language model reads the script; its shots have the script's words, and parsing by rules leaves them alone", async () => {
  double.answerWith({ fenced: { scenes: [kitchen, yard] } });
  const { status, body } = await ask();
  expect(status).toBe(200);
  expect(body).toMatchObject({ parser: "llm", model: "a-model", read: { from: 0, to: 2, of: 2 }, summary: { new: 3 } });
  expect(body.note).toBeUndefined();
  expect(actionsOf(body.scenes)).toEqual([["Steam rises.", "Ann tastes."], ["A dog in the dust."]]);
  expect(body.scenes[0].shots[1].dialogue).toEqual([{ character: "ANN", text: "It needs salt." }]);
  expect(JSON.stringify(double.asked[0]?.messages)).toContain("[2] ANN: It needs salt.");

  const board = await ann.call("POST", `/v1/projects/${projectId}/storyboard/commit`, { scenes: body.scenes });
  expect(board.body.film.shots).toHaveLength(3);
  const again = (await ann.call("POST", `/v1/projects/${projectId}/storyboard/parse`)).body;
  expect(again.summary).toMatchObject({ new: 0, changed: 0, untouched: 3, aside: 0 });
  expect(actionsOf(again.scenes)).toEqual(actionsOf(body.scenes));
});

test("only what changed since is asked about again", async () => {
  double.answerWith({ fenced: { scenes: [kitchen, yard] } });
  const { scenes } = (await ask()).body;
  await ann.call("POST", `/v1/projects/${projectId}/storyboard/commit`, { scenes });
  double.answerWith({ fenced: { scenes: [{ scene: 1, shots: [shot(1, 1, "wide", "Two dogs.")] }] } });
  const { body } = await ask({ text: script.replace("A dog sleeps", "Two dogs sleep") });
  expect(double.asked).toHaveLength(1);
  expect(JSON.stringify(double.asked[0])).not.toContain("salt");
  expect(actionsOf(body.scenes)).toEqual([["Steam rises.", "Ann tastes."], ["Two dogs."]]);

  double.answerWith({ refuse: 500 });
  const same = (await ask()).body;
  expect(double.asked).toHaveLength(0);
  expect(same).toMatchObject({ parser: "llm", note: expect.stringContaining("has read all of this before") });
  await ask({ again: true });
  expect(double.asked).toHaveLength(1);
});

test("without a model, or with one that says nothing, rules read at once and the answer says so", async () => {
  const plain = (await ann.call("POST", `/v1/projects/${projectId}/storyboard/parse`)).body;
  const expectRules = async (note: string) => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({ parser: "rules", note: expect.stringContaining(note), scenes: plain.scenes });
    expect(body.model).toBeUndefined();
  };
  double.answerWith({ refuse: 429 });
  await expectRules("too much to do, or its quota is used up. Read by rules instead.");
  double.answerWith({ say: "I would rather not." });
  await expectRules("not of the shape that was asked for. Read by rules instead.");
  double.answerWith("silent");
  studio.parts.env.llm!.timeoutSeconds = 0.2;
  await expectRules("did not answer within 0.2 s. Read by rules instead.");
  delete studio.parts.env.llm;
  await expectRules("No language model is set up in this studio.");
});

test("an answer that breaks off gives its whole shots; what is missing is read by rules and named", async () => {
  const whole = JSON.stringify({ scenes: [kitchen, yard] });
  double.answerWith({ cutOff: { scenes: [kitchen, yard] }, keep: whole.indexOf("A dog in the du") + 8 });
  const { body } = await ask();
  expect(body.note).toBe("The language model's answer broke off. One scene was read by rules.");
  expect(body).toMatchObject({
    parser: "llm",
    scenes: [{ shots: [{}, {}] }, { shots: [{ action: "A dog sleeps." }] }],
  });
});

test("a long script is read on from where the time ran out", async () => {
  const scene = (n: number) => `INT. ROOM ${n} - DAY\n\n${`Dust. `.repeat(500)}\n\n`;
  const text = [1, 2, 3, 4, 5].map(scene).join("");
  double.answerWith({ fenced: { scenes: [{ scene: 1, shots: [shot(1, 1, "wide", "A room.")] }] } });
  const { now } = studio.parts;
  let calls = 0;
  // Time goes by in leaps: three questions are begun, then it is late.
  studio.parts.now = () => now() + ((calls += 1) > 5 ? 60_000 : 0);
  const first = (await ask({ text })).body;
  studio.parts.now = now;
  expect(first.read.of).toBe(5);
  expect(first.read.to).toBeGreaterThan(0);
  expect(first.read.to).toBeLessThan(5);
  expect(first.note).toBe(`The model has come to scene ${first.read.to} of 5; go on from there.`);
  const next = (await ask({ text, from: first.read.to })).body;
  expect(next.read).toEqual({ from: first.read.to, to: 5, of: 5 });
  expect(next.scenes.at(-1).shots).toMatchObject([{ action: "A room." }]);
  expect(next.note).toBeUndefined();
});

test("whoever goes away stops the questions", async () => {
  double.answerWith("silent");
  const leaving = new AbortController();
  const asking = fetch(new URL(`/v1/projects/${projectId}/storyboard/ai-parse`, studio.url), {
    method: "POST",
    headers: { authorization: `Bearer ${ann.token}`, "content-type": "application/json" },
    body: "{}",
    signal: leaving.signal,
  }).catch((error: Error) => error.name);
  await expect.poll(() => double.asked.length).toBe(1);
  expect(double.waiting()).toBe(1);
  leaving.abort();
  expect(await asking).toBe("AbortError");
  await expect.poll(() => double.waiting()).toBe(0);
});

test("one person may have the model asked only so often", async () => {
  double.answerWith({ fenced: { scenes: [kitchen, yard] } });
  studio.parts.modelLimit = createRateLimit(2, studio.parts.now);
  await ask();
  await ask();
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  const generation = await ann.call("POST", "/v1/generations", { prompt: "A lamp." });
  expect(generation.status).toBe(429);
  const other = await studio.comeIn("Bob");
  expect((await other.call("POST", "/v1/generations", { prompt: "A lamp." })).status).toBe(202);
});
