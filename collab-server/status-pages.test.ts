import http, { type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { publicPages } from "./status-pages.ts";

const pages = publicPages({ health: () => ({ status: "ok", rooms: 3 }), metrics: () => "rooms 3\n" });

async function serve(listener: RequestListener, use: (port: number) => Promise<void>): Promise<void> {
  const server = http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  await use((server.address() as AddressInfo).port);
  server.close();
}

test("who is on the machine is told how the process stands; a proxy's callers are told that it lives", async () => {
  await serve(pages, async (port) => {
    const base = `http://127.0.0.1:${port}`;
    expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ status: "ok", rooms: 3 });
    expect(await (await fetch(`${base}/metrics`)).text()).toBe("rooms 3\n");
    expect((await fetch(`${base}/else`)).status).toBe(404);
    const headers = { "x-forwarded-for": "203.0.113.7" };
    expect(await (await fetch(`${base}/healthz`, { headers })).json()).toEqual({ status: "ok" });
    expect((await fetch(`${base}/metrics`, { headers })).status).toBe(404);
  });
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === "IPv4" && !address.internal)?.address;

test.runIf(outside !== undefined)("who comes over the network is told that it lives, and no more", async () => {
  await serve(pages, async (port) => {
    expect(await (await fetch(`http://${outside}:${port}/healthz`)).json()).toEqual({ status: "ok" });
    expect((await fetch(`http://${outside}:${port}/metrics`)).status).toBe(404);
  });
});
