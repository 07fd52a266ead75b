import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DiskStore } from "#storage/disk.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
let projectId: string;
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  projectId = (await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Night Ferry" })).body
    .project.id;
});
afterAll(() => studio.stop());

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
/** Links name the public address; the test's server listens elsewhere. */
const here = (link: string) =>
  new URL(new URL(link, studio.url).pathname + new URL(link, studio.url).search, studio.url);

/** A tone of one second, mono, 8 kHz: a real WAV file. */
function tone(seconds = 1): Uint8Array {
  const data = Buffer.alloc(8000 * seconds * 2);
  for (let i = 0; i < 8000 * seconds; i += 1) data.writeInt16LE(Math.round(8000 * Math.sin(i / 4)), i * 2);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return new Uint8Array(Buffer.concat([head, data]));
}

async function begin(bytes: Uint8Array, more: Record<string, unknown> = {}) {
  return maya.call("POST", `/v1/projects/${projectId}/assets`, {
    name: "foghorn.wav",
    contentType: "audio/wav",
    bytes: bytes.byteLength,
    sha256: sha256(bytes),
    ...more,
  });
}
async function put(upload: { url: string; headers: Record<string, string> }, bytes: Uint8Array): Promise<number> {
  const response = await fetch(here(upload.url), { method: "PUT", headers: upload.headers, body: bytes as BodyInit });
  await response.text();
  return response.status;
}
const listed = async () => (await maya.call("GET", `/v1/projects/${projectId}/assets`)).body.assets as { id: string }[];

test("an upload is put by its link, looked at, and read back whole and in parts", async () => {
  const bytes = tone();
  const { status, body } = await begin(bytes, { contentType: "audio/x-wav" });
  expect(status).toBe(201);
  expect(body.asset).toMatchObject({ state: "pending", contentType: "audio/wav", kind: "audio" });
  expect((await maya.call("GET", `/v1/assets/${body.asset.id}`)).status).toBe(409);
  expect(await put(body.upload, bytes)).toBe(200);
  const done = await maya.call("POST", `/v1/assets/${body.asset.id}/complete`);
  expect(done.body.asset).toMatchObject({ state: "ready", source: "upload", meta: { seconds: 1 } });
  expect((await listed()).map((asset) => asset.id)).toContain(body.asset.id);
  const found = await maya.call("GET", `/v1/assets/${body.asset.id}`);
  expect(found.status).toBe(302);
  const link = found.headers.get("location")!;
  expect(link).toMatch(/^\/storage\//);
  expect(new Uint8Array(await (await fetch(here(link))).arrayBuffer())).toEqual(bytes);
  const part = await fetch(here(link), { headers: { range: "bytes=8-11" } });
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
    206,
    `bytes 8-11/${bytes.byteLength}`,
    "WAVE",
  ]);
  expect((await maya.call("DELETE", `/v1/assets/${body.asset.id}`)).status).toBe(200);
  expect((await fetch(here(link))).status).toBe(404);
});

test("a file that lies about its type is refused with a sentence and not kept", async () => {
  const png = new Uint8Array(200);
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const text = new TextEncoder().encode("#EXTM3U\nhttp://127.0.0.1/secret\n".padEnd(100));
  const halfWav = tone().slice(0, 20);
  for (const bytes of [png, text, halfWav]) {
    const { body } = await begin(bytes);
    expect(await put(body.upload, bytes)).toBe(200);
    const done = await maya.call("POST", `/v1/assets/${body.asset.id}/complete`);
    expect(done.status).toBe(415);
    expect(done.body.error).toMatchObject({
      code: "asset/type-mismatch",
      message: expect.stringContaining("It was not kept"),
    });
    expect((await maya.call("GET", `/v1/assets/${body.asset.id}`)).status).toBe(404);
    const key = (await studio.parts.sql`select object_key from assets where id = ${body.asset.id}`)[0]!["object_key"];
    expect(await studio.parts.store.head(key)).toBeNull();
  }
});

test("types nobody takes and sizes nobody takes are refused before a byte is sent", async () => {
  expect((await begin(tone(), { contentType: "application/x-msdownload", name: "setup.exe" })).body.error.code).toBe(
    "asset/type-not-allowed",
  );
  expect((await begin(tone(), { bytes: 900_000_000 })).body.error.code).toBe("asset/too-large");
  expect((await begin(tone(), { sha256: "abc" })).body.error.details.fields[0].field).toBe("sha256");
  expect((await begin(tone(), { bytes: 0 })).status).toBe(400);
});

test("other bytes than announced are not taken in, nor more, nor fewer; what is missing can be sent again", async () => {
  const bytes = tone();
  const { body } = await begin(bytes);
  const other = bytes.slice();
  other[100] = 1 + other[100]!;
  expect(await put(body.upload, other)).toBe(415);
  expect(await put(body.upload, bytes.slice(0, 500))).toBe(409);
  expect(await put(body.upload, new Uint8Array([...bytes, 0]))).toBe(413);
  expect((await maya.call("POST", `/v1/assets/${body.asset.id}/complete`)).body.error.code).toBe("asset/incomplete");
  expect(await put(body.upload, bytes)).toBe(200);
  expect((await maya.call("POST", `/v1/assets/${body.asset.id}/complete`)).status).toBe(200);
});

test("a tab closed in the middle of an upload leaves nothing but the wish", async () => {
  const bytes = tone(30);
  const { body } = await begin(bytes);
  const closed = new AbortController();
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, 1000));
      setTimeout(() => closed.abort(), 100);
    },
  });
  const sending = fetch(here(body.upload.url), {
    method: "PUT",
    headers: body.upload.headers,
    body: stream,
    duplex: "half",
    signal: closed.signal,
  } as RequestInit);
  await expect(sending).rejects.toThrow();
  expect((await maya.call("POST", `/v1/assets/${body.asset.id}/complete`)).status).toBe(409);
  expect((await listed()).map((asset) => asset.id)).not.toContain(body.asset.id);
  const { readdir } = await import("node:fs/promises");
  const incoming = (studio.parts.store as DiskStore).fileOf("x").replace(/x$/, ".incoming");
  await expect.poll(() => readdir(incoming)).toEqual([]);
});

test("a link that was changed, is for something else or has expired opens nothing", async () => {
  const bytes = tone();
  const { body } = await begin(bytes);
  const url = here(body.upload.url);
  const status = async (change: (link: URL) => void, init: RequestInit) => {
    const link = new URL(url);
    change(link);
    return (await fetch(link, init)).status;
  };
  const putting: RequestInit = { method: "PUT", headers: body.upload.headers, body: bytes as BodyInit };
  expect(await status((link) => link.searchParams.set("bytes", "999999"), putting)).toBe(403);
  expect(await status((link) => link.searchParams.set("expires", "9999999999"), putting)).toBe(403);
  expect(await status((link) => link.searchParams.append("type", "text/html"), putting)).toBe(403);
  expect(await status((link) => (link.pathname = link.pathname.replace(/.$/, "x")), putting)).toBe(403);
  expect(await status((link) => (link.pathname = "/storage/..%2f..%2fetc/passwd"), { method: "GET" })).toBe(403);
  expect(await status(() => undefined, { method: "GET" })).toBe(403);
  expect((await fetch(`${studio.url}/storage/w/anything.wav`)).status).toBe(403);
  const old = await studio.parts.store.signGet("w/x.wav", { expiresInSeconds: -10 });
  const answer = await fetch(here(old));
  expect([answer.status, ((await answer.json()) as { error: { message: string } }).error.message]).toEqual([
    403,
    expect.stringContaining("expired"),
  ]);
});

test("bytes that two assets share stay until the last one goes", async () => {
  const bytes = tone(2);
  const ids: string[] = [];
  for (let i = 0; i < 2; i += 1) {
    const { body } = await begin(bytes);
    await put(body.upload, bytes);
    ids.push((await maya.call("POST", `/v1/assets/${body.asset.id}/complete`)).body.asset.id);
  }
  await maya.call("DELETE", `/v1/assets/${ids[0]}`);
  const link = (await maya.call("GET", `/v1/assets/${ids[1]}`)).headers.get("location")!;
  expect((await fetch(here(link))).status).toBe(200);
});
