/**
 * Two people in a room of their own, 100 edits a second, in a process of their own: what they feel of a load elsewhere
 * on the server must not be mixed with what the generator of that load feels. Started with `fork`; its one argument is a
 * `BystanderPlan`. Answers "end" with the worst since "begin".
 */
import * as Y from "yjs";
import { backlot } from "./adapters/backlot.ts";
import { hocuspocus } from "./adapters/hocuspocus.ts";
import { yWebsocket } from "./adapters/y-websocket.ts";
import { Client } from "./client.ts";
import { Editor, makeFilm } from "./film.ts";
import { bufferOn, findMarks, markOf } from "./marks.ts";
import type { BystanderPlan, BystanderWorst } from "./watch-stall.ts";

const everyMs = 10;
const { server, url, room } = JSON.parse(process.argv[2] ?? "") as BystanderPlan;
const adapter = { backlot, hocuspocus, "y-websocket": yWebsocket }[server];
const editor = new Editor(Y.encodeStateAsUpdate(makeFilm(1)), 0);
const sentAt: number[] = [];
let [seen, from] = [-1, 0];
let worst: BystanderWorst = { stallMs: 0, ownLagMs: 0 };
let lastTickAt = 0;

function connect(onUpdate: (update: Uint8Array) => void): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new Client(adapter.address(url, room), adapter, room, {
      step2: () => resolve(client),
      update: onUpdate,
      closed: (code, reason) => reject(new Error(`a bystander was closed: ${code} ${reason}`)),
    });
  });
}

function noteDelay(upTo: number): void {
  const now = performance.now();
  for (let number = Math.max(seen + 1, from); number <= upTo; number += 1)
    worst.stallMs = Math.max(worst.stallMs, now - (sentAt[number] ?? now));
}

const author = await connect(() => {});
await connect((update) =>
  findMarks(bufferOn(update), (_, number) => {
    noteDelay(number);
    seen = Math.max(seen, number);
  }),
);
author.sendUpdate(Y.encodeStateAsUpdate(editor.doc));
setInterval(() => {
  const now = performance.now();
  if (lastTickAt > 0) worst.ownLagMs = Math.max(worst.ownLagMs, now - lastTickAt - everyMs);
  lastTickAt = now;
  author.sendUpdate(editor.drag(markOf(0, sentAt.length)));
  sentAt.push(now);
}, everyMs);

process.on("message", (message) => {
  if (message === "begin") {
    worst = { stallMs: 0, ownLagMs: 0 };
    from = sentAt.length;
  } else {
    // What has not come at all is as late as it is by now.
    noteDelay(sentAt.length - 2);
    process.send?.(worst);
  }
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
