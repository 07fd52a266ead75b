import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { openSender } from "./send-webhook.ts";

test("however an address is written, its message goes out or ends with a sentence", async () => {
  const server = createServer((_request, response) => response.end()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const sender = openSender({ allowPrivate: true, timeoutMs: 2000, now: Date.now });
  const send = (url: string) => sender.send({ id: "m1", url, secret: "whsec_AAAA", body: "{}" });
  expect(await send(`HTTP://127.0.0.1:${port}/hook`)).toEqual({ status: 200 });
  expect(await send(`ht\ntp:127.0.0.1:${port}`)).toEqual({ status: 200 });
  expect(await send("no address")).toEqual({ error: "Its address cannot be read." });
  sender.close();
  server.close();
});
