import { afterAll, beforeAll, expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { z } from "zod";
import { startLlmDouble, type LlmDouble, type Way } from "#testing/llm-double.ts";
import { openLanguageModel, readJson, shapeOf, type Question } from "./llm.ts";

const Shape = z.object({ title: z.string().max(40), beats: z.array(z.object({ text: z.string().min(1) })).min(1) });
const whole = { title: "Night ferry", beats: [{ text: "Rain." }, { text: "The lamp goes out." }] };
const question: Question<z.infer<typeof Shape>> = { name: "a_plan", system: "Plan.", user: "A ferry.", schema: Shape };

let double: LlmDouble;
beforeAll(async () => {
  double = await startLlmDouble();
});
afterAll(() => double.stop());

const askWith = (way: Way, timeoutSeconds = 20) => {
  double.answerWith(way);
  return openLanguageModel({ baseUrl: double.baseUrl, model: "small", apiKey: "k-1", timeoutSeconds }).ask(question);
};

test("a model is asked for a shape, and its answer is let in when it has it", async () => {
  expect(await askWith({ say: JSON.stringify(whole) })).toEqual({ status: "answered", value: whole, cutOff: false });
  const [asked] = double.asked;
  expect(asked).toMatchObject({
    model: "small",
    authorization: "Bearer k-1",
    response_format: { type: "json_schema", json_schema: { name: "a_plan", strict: true } },
  });
  expect(JSON.stringify(asked!.messages)).toContain("A ferry.");
});

test("thoughts ahead, a fence and words around the answer are no harm", async () => {
  expect(await askWith({ fenced: whole })).toEqual({ status: "answered", value: whole, cutOff: false });
  const thought = `<think>{"title": no, wait}</think>\n${JSON.stringify(whole)}`;
  expect(await askWith({ say: thought })).toMatchObject({ status: "answered", value: whole });
});

test("an answer that was cut off is repaired as far as it goes, and is said to be cut off", async () => {
  const answer = await askWith({ cutOff: whole, keep: JSON.stringify(whole).indexOf("lamp") + 4 });
  expect(answer).toEqual({
    status: "answered",
    value: { title: "Night ferry", beats: [{ text: "Rain." }, { text: "The lamp" }] },
    cutOff: true,
  });
  expect(await askWith({ cutOff: whole, keep: 12 })).toMatchObject({ status: "failed", why: "unreadable" });
});

test("another shape, no JSON and no chat completion are refused with a sentence that quotes nobody", async () => {
  for (const way of [
    { say: '{"title":"x","beats":[]}' },
    { say: "I am sorry, I cannot do that." },
    { say: "" },
    { body: "<html>" },
    { body: '{"choices":[]}' },
  ]) {
    const answer = await askWith(way);
    expect(answer, JSON.stringify(way)).toMatchObject({ status: "failed", why: "unreadable" });
    expect(answer.status === "failed" && answer.sentence).not.toMatch(/sorry|html|127\.0\.0\.1/);
  }
});

test("a silent model is not waited for longer than said", async () => {
  const began = Date.now();
  expect(await askWith("silent", 0.3)).toMatchObject({
    status: "failed",
    why: "silent",
    sentence: expect.stringContaining("0.3 s"),
  });
  expect(Date.now() - began).toBeLessThan(5000);
});

test("a server that is away, refuses the key or is busy is named as such", async () => {
  expect(await askWith({ refuse: 401 })).toMatchObject({ why: "refused", sentence: expect.stringContaining("key") });
  expect(await askWith({ refuse: 429 })).toMatchObject({
    why: "refused",
    sentence: expect.stringContaining("too much"),
  });
  expect(await askWith({ refuse: 503 })).toMatchObject({ why: "refused", sentence: expect.stringContaining("503") });
  const away = openLanguageModel({ baseUrl: "http://127.0.0.1:9/v1", model: "small", timeoutSeconds: 2 });
  expect(await away.ask(question)).toMatchObject({ status: "failed", why: "unreachable" });
});

test("a server that cannot hold a model to a schema is asked more plainly", async () => {
  expect(await askWith({ knowsFormats: ["json_object"], json: whole })).toMatchObject({
    status: "answered",
    value: whole,
  });
  expect(double.asked.map((one) => one.response_format?.type)).toEqual(["json_schema", "json_object"]);
  expect(await askWith({ knowsFormats: [], json: whole })).toMatchObject({ status: "answered", value: whole });
  expect(double.asked.map((one) => one.response_format?.type)).toEqual(["json_schema", "json_object", undefined]);
  expect(JSON.stringify(double.asked[2]!.messages)).toContain("JSON schema");
  expect(await askWith({ refuse: 400 })).toMatchObject({ status: "failed", why: "refused" });
});

test("pictures go along as data", async () => {
  double.answerWith({ say: JSON.stringify(whole) });
  const model = openLanguageModel({ baseUrl: double.baseUrl, model: "eyes", timeoutSeconds: 2 });
  await model.ask({ ...question, images: [{ contentType: "image/png", bytes: new Uint8Array([1, 2, 3]) }] });
  expect(double.asked[0]!.messages[1]!.content).toEqual([
    { type: "text", text: "A ferry." },
    { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
  ]);
});

test("a shape on the wire asks for every field, allows no other, and leaves limits to our own check", () => {
  expect(shapeOf(z.object({ pattern: z.string().min(2).max(9), format: z.number().max(3) }))).toEqual({
    type: "object",
    properties: { pattern: { type: "string" }, format: { type: "number", maximum: 3 } },
    required: ["pattern", "format"],
    additionalProperties: false,
  });
});

test("JSON is found where there is some, and only there", () => {
  expect(readJson('a [b] {"c": 1} d')).toMatchObject({ json: expect.anything() });
  for (const text of ["", "words", "42", '"text"', "null"]) expect(readJson(text), text).toBeNull();
});

test("an answer that rambles for megabytes holds up nobody", () => {
  for (const words of ["[" + "1 ".repeat(900_000), "{x}".repeat(600_000), "[" + "a\n".repeat(900_000)]) {
    expect(
      cpuTimeOf(() => readJson(words)),
      words.slice(0, 9),
    ).toBeLessThan(3000);
  }
});
