import { createServer } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { StudioError, errorCodes } from "#domain/errors.ts";
import { openDiskStore } from "#storage/disk.ts";
import { serveDiskStore } from "#storage/disk-http.ts";
import type { AssetStore } from "#storage/asset-store.ts";

/** A real disk store behind a real HTTP server, as the app serves it. */
export type StoreServer = { store: AssetStore; stop: () => Promise<void> };

export async function startStoreServer(): Promise<StoreServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "backlot-store-"));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const store = openDiskStore({ folder, secret: "a secret of the tests", publicUrl: origin });
  server.on("request", async (incoming, outgoing) => {
    try {
      const hasBody = incoming.method === "PUT";
      const request = new Request(`${origin}${incoming.url}`, {
        method: incoming.method ?? "GET",
        headers: incoming.headers as Record<string, string>,
        ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" } : {}),
      } as RequestInit);
      const response = await serveDiskStore(store, request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    } catch (error) {
      outgoing.writeHead(error instanceof StudioError ? errorCodes[error.code].status : 500);
      outgoing.end(String(error));
    }
  });
  return {
    store,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
