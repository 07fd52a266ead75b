import { createHash, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorCodes, StudioError } from "#domain/errors.ts";
import { openAssetStore, type AssetStore } from "./asset-store.ts";
import { serveDiskStore } from "./disk-http.ts";
import { openDiskStore } from "./disk.ts";

interface OpenStore {
  store: AssetStore;
  folder: string;
  close(): Promise<void>;
}

async function openDisk(): Promise<OpenStore> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "backlot-disk-"));
  let store = openDiskStore({ folder, secret: "of this test", publicUrl: "http://unused" });
  const server = createServer((request, response) => {
    void getRequestListener(async (asked) => {
      try {
        return await serveDiskStore(store, asked as Request);
      } catch (error) {
        return new Response(String(error), {
          status: error instanceof StudioError ? errorCodes[error.code].status : 500,
        });
      }
    })(request, response);
  });
  store = openDiskStore({ folder, secret: "of this test", publicUrl: await listening(server) });
  return {
    store,
    folder,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** s3rver speaks enough S3 for these promises; it does not check checksums, as real buckets do. */
async function openBucket(): Promise<OpenStore> {
  const { default: S3rver } = await import("s3rver");
  const folder = await mkdtemp(path.join(os.tmpdir(), "backlot-s3-"));
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: "films", configs: [] }],
  });
  const address = await server.run();
  const store = await openAssetStore({
    s3: {
      endpoint: `http://127.0.0.1:${address.port}`,
      region: "us-east-1",
      bucket: "films",
      accessKeyId: "S3RVER",
      secretAccessKey: "S3RVER",
      forcePathStyle: true,
    },
  });
  return {
    store,
    folder,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

const bytes = new TextEncoder().encode("RIFF....WAVE and so on, 0123456789");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const aKey = () => `w/${randomUUID()}.wav`;

async function put(store: AssetStore, key: string, sent: Uint8Array = bytes): Promise<number> {
  const signed = await store.signPut(key, {
    contentType: "audio/wav",
    bytes: bytes.byteLength,
    sha256,
    expiresInSeconds: 60,
  });
  const response = await fetch(signed.url, { method: signed.method, headers: signed.headers, body: sent as BodyInit });
  await response.arrayBuffer();
  return response.status;
}

describe.each([
  ["a folder", openDisk],
  ["a bucket", openBucket],
])("%s", (_name, openStore) => {
  let open: OpenStore;
  beforeAll(async () => {
    open = await openStore();
  });
  afterAll(() => open.close());

  test("what was put by link is there, whole, and read by link", async () => {
    const { store } = open;
    const key = aKey();
    expect(await store.head(key)).toBeNull();
    expect(await put(store, key)).toBe(200);
    expect(await store.head(key)).toEqual({ bytes: bytes.byteLength });
    expect(await store.hash(key)).toBe(sha256);
    expect(new TextDecoder().decode(await store.readHead(key, 4))).toBe("RIFF");
    const read = await fetch(await store.signGet(key, { expiresInSeconds: 60, contentType: "audio/wav" }));
    expect(read.headers.get("content-type")).toBe("audio/wav");
    expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes);
  });

  test("a part can be read, and asking for nothing there is answered", async () => {
    const { store } = open;
    const key = aKey();
    await put(store, key);
    const url = await store.signGet(key, { expiresInSeconds: 60 });
    const part = await fetch(url, { headers: { range: "bytes=8-11" } });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      `bytes 8-11/${bytes.byteLength}`,
      "WAVE",
    ]);
    expect((await fetch(url, { headers: { range: "bytes=5000-" } })).status).toBe(416);
  });

  test("a put that is sent twice leaves one file", async () => {
    const key = aKey();
    expect([await put(open.store, key), await put(open.store, key)]).toEqual([200, 200]);
    expect(await open.store.head(key)).toEqual({ bytes: bytes.byteLength });
  });

  test("a file of this machine can be copied in, and removed", async () => {
    const { store, folder } = open;
    const source = path.join(folder, "source.bin");
    await writeFile(source, bytes);
    const key = aKey();
    await store.copyIn(key, source, "audio/wav");
    expect(await store.hash(key)).toBe(sha256);
    await store.remove(key);
    await store.remove(key);
    expect(await store.head(key)).toBeNull();
    await expect(store.readHead(key, 4)).rejects.toMatchObject({ code: "thing/not-found" });
  });

  test("a key that is a path out of the store is refused", async () => {
    for (const key of ["../x", "w/../../x", "/etc/passwd", "w//x", ".incoming/x", "w/x\u0000.wav", "w\\x", ""]) {
      await expect(open.store.signGet(key, { expiresInSeconds: 60 }), key).rejects.toMatchObject({
        code: "request/invalid",
      });
    }
  });

  test("the store says that it works", () => open.store.check());
});

describe("the folder alone, because the test's bucket checks neither sums nor whom a link is for", () => {
  let open: OpenStore;
  beforeAll(async () => {
    open = await openDisk();
  });
  afterAll(() => open.close());

  test("other bytes, more and fewer are refused and leave nothing", async () => {
    const key = aKey();
    const other = bytes.slice();
    other[0] = 1;
    expect(await put(open.store, key, other)).toBe(415);
    expect(await put(open.store, key, bytes.slice(1))).toBe(409);
    expect(await put(open.store, key, new Uint8Array([...bytes, 1]))).toBe(413);
    expect(await open.store.head(key)).toBeNull();
  });

  test("a link for another key or method opens nothing", async () => {
    const { store } = open;
    const key = aKey();
    const other = aKey();
    await put(store, key);
    await put(store, other);
    const url = await store.signGet(key, { expiresInSeconds: 60 });
    expect((await fetch(url.replace(key, other))).status).toBe(403);
    expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(403);
    expect((await fetch(url.split("?")[0]!)).status).toBe(403);
  });

  test("a link that has expired says so, and one that was stretched is not ours", async () => {
    const key = aKey();
    await put(open.store, key);
    const old = await open.store.signGet(key, { expiresInSeconds: -5 });
    expect(await (await fetch(old)).text()).toContain("expired");
    const stretched = old.replace(/expires=\d+/, "expires=9999999999");
    expect(await (await fetch(stretched)).text()).toContain("changed");
  });

  test("the last bytes can be asked for", async () => {
    const key = aKey();
    await put(open.store, key);
    const url = await open.store.signGet(key, { expiresInSeconds: 60 });
    expect(await (await fetch(url, { headers: { range: "bytes=-4" } })).text()).toBe("6789");
  });

  test("a browser that has the bytes is told to keep them", async () => {
    const key = aKey();
    await put(open.store, key);
    const url = await open.store.signGet(key, { expiresInSeconds: 60, fileName: "Nebelhorn – Lärm.wav" });
    const first = await fetch(url, { method: "HEAD" });
    expect(first.headers.get("content-length")).toBe(String(bytes.byteLength));
    expect(first.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''Nebelhorn%20%E2%80%93%20L%C3%A4rm.wav",
    );
    expect((await fetch(url, { headers: { "if-none-match": first.headers.get("etag")! } })).status).toBe(304);
  });
});
