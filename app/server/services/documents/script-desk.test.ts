import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openScriptDesk, type ReadingLimits } from "./script-desk.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "desk-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A reader that does this with every question, in a process of its own. */
function readerThat(name: string, does: string): string {
  const file = path.join(folder, `${name}.mjs`);
  fs.writeFileSync(file, `process.once("message", (question) => { ${does} });\n`);
  return file;
}
const limits: ReadingLimits = { seconds: 20, heapMiB: 64, memoryMiB: 300, atOnce: 1 };
const pdf = (before = "") => ({ bytes: new TextEncoder().encode(`${before}%PDF-1.7\n`), name: "a.pdf" });
const answers = readerThat(
  "answers",
  `process.send({ status: "read", file: { format: "pdf", text: String(question.bytes.length) } });`,
);

test("a PDF is read in a process of its own, however short it is and whatever stands ahead of it", async () => {
  const desk = openScriptDesk(answers, limits);
  for (const before of ["", "\n", "\ufeff", " ".repeat(1000)]) {
    const question = pdf(before);
    expect(await desk.read(question)).toMatchObject({ format: "pdf", text: String(question.bytes.length) });
  }
});

test("a short text is read at once, a long one in a process as well", async () => {
  const desk = openScriptDesk(answers, limits);
  const text = (length: number) => ({ bytes: new TextEncoder().encode("a".repeat(length)), name: "a.txt" });
  expect(await desk.read(text(10))).toMatchObject({ format: "text", text: "a".repeat(10) });
  expect(await desk.read(text(300_000))).toMatchObject({ format: "pdf", text: "300000" });
});

test("a file that takes all memory outside of the heap, or never ends, is refused, and the next one has its turn", async () => {
  const grows = readerThat(
    "grows",
    `const held = []; setInterval(() => held.push(new Uint8Array(20_000_000).fill(1)), 5);`,
  );
  await expect(openScriptDesk(grows, limits).read(pdf())).rejects.toMatchObject({ code: "screenplay/broken-file" });
  const spins = readerThat("spins", `for (;;);`);
  const desk = openScriptDesk(spins, { ...limits, seconds: 0.5 });
  const both = await Promise.allSettled([desk.read(pdf()), desk.read(pdf())]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("a reader that dies says what to do with the file", async () => {
  const dies = readerThat("dies", `process.exit(7);`);
  await expect(openScriptDesk(dies, limits).read(pdf())).rejects.toThrow("Export it again");
});

test("a reader has none of our secrets", async () => {
  const tells = readerThat(
    "tells",
    `process.send({ status: "read", file: { text: Object.keys(process.env).filter((key) => !key.startsWith("NODE_CHANNEL")).join() } });`,
  );
  expect((await openScriptDesk(tells, limits).read(pdf())).text).toBe("PATH,NODE_ENV");
});
