import { createServer } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { StudioError, errorCodes } from "#domain/errors.ts";
import { type DiskStore, openDiskStore } from "#storage/disk.ts";
import { serveDiskStore } from "#storage/disk-http.ts";

/** How the store treats who brings something. */
export type StoreMood = {
  /** unavailable: 503; forbidden: 403; cut: the connection breaks in the middle of the bytes. */
  refuses: "nothing" | "unavailable" | "forbidden" | "cut";
  /** Before every answer, milliseconds. */
  delayMs: number;
};

/** A real disk store behind a real HTTP server, as the app serves it. */
export type StoreServer = {
  store: DiskStore;
  origin: string;
  /** What `BACKLOT_DATA` and `SESSION_SECRET` must be for another process to sign for this store. */
  dataFolder: string;
  secret: string;
  mood: StoreMood;
  /** Uploads that were turned away. */
  refused: () => number;
  stop: () => Promise<void>;
};

export async function startStoreServer(): Promise<StoreServer> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "backlot-store-"));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const secret = "a secret of the tests";
  const store = openDiskStore({ folder: path.join(dataFolder, "assets"), secret, publicUrl: origin });
  const mood: StoreMood = { refuses: "nothing", delayMs: 0 };
  let refused = 0;
  server.on("request", async (incoming, outgoing) => {
    try {
      if (mood.delayMs > 0) await sleep(mood.delayMs);
      const hasBody = incoming.method === "PUT";
      if (hasBody && mood.refuses !== "nothing") {
        refused += 1;
        if (mood.refuses === "cut") return void incoming.destroy();
        incoming.resume();
        outgoing.writeHead(mood.refuses === "unavailable" ? 503 : 403).end("not now");
        return;
      }
      const request = new Request(`${origin}${incoming.url}`, {
        method: incoming.method ?? "GET",
        headers: incoming.headers as Record<string, string>,
        ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" } : {}),
      } as RequestInit);
      const response = await serveDiskStore(store, request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    } catch (error) {
      if (outgoing.headersSent || outgoing.destroyed) return;
      outgoing.writeHead(error instanceof StudioError ? errorCodes[error.code].status : 500);
      outgoing.end(String(error));
    }
  });
  return {
    store,
    origin,
    dataFolder,
    secret,
    mood,
    refused: () => refused,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
