import { isSoftware, rendererName } from "#stage/look/renderer-name.ts";
import { createRenderer } from "#stage/stage.ts";
import { passNames } from "#domain/jobs/passes.ts";
import { SetCache } from "#stage/scene/build-scene.ts";
import { footfallsOf } from "#stage/sound/footfalls.ts";
import { renderSound } from "#stage/sound/render-sound.ts";
import { playScore } from "#stage/sound/score/play-score.ts";
import type { PageCommand, PageReport } from "../protocol.ts";
import { frameKind, headerBytes, partBytes, soundNames } from "../protocol.ts";
import { makeFiles } from "./make-files.ts";
import type { Drawn, Easel, PacketHead } from "./easel.ts";
import { drawBare, drawFilm, drawStill } from "./pictures.ts";
import { createPictureReader } from "./read-picture.ts";
import { createRuns } from "./runs.ts";

/** The page inside the agent's headless browser: builds what it is told to and sends the pictures home. */
const socket = new WebSocket(`ws://${location.host}/link${location.search}`);
socket.binaryType = "arraybuffer";
// What stops the page at its start, such as a machine without any GL: nobody else looks at it.
addEventListener("error", ({ message }) => {
  const say = () => report({ type: "broken", message });
  if (socket.readyState === WebSocket.OPEN) say();
  else socket.addEventListener("open", say);
});
// Nobody looks at it: in the document it would be put on a screen that is not there, picture by picture.
const canvas = document.createElement("canvas");
const renderer = createRenderer(canvas);
const gl = renderer.getContext();
const device = rendererName(gl);

function report(message: PageReport): void {
  socket.send(JSON.stringify(message));
}

const runs = createRuns();

function fill<Packet extends Uint8Array>(packet: Packet, head: PacketHead, bytes: Uint8Array): Packet {
  const { run, index, kind, pass = "beauty", sound = "mix" } = head;
  const of = kind === frameKind.sound ? soundNames.indexOf(sound) : passNames.indexOf(pass);
  new Uint32Array(packet.buffer, 0, 4).set([run, index, kind, of]);
  packet.set(bytes, headerBytes);
  return packet;
}

/** Pictures go in parts, through memory that is there already: taking new for each costs more than the sending. */
const parcel = new Uint8Array(headerBytes + partBytes);

function sendBytes(head: PacketHead, bytes: Uint8Array): void {
  if (head.kind !== frameKind.picture) {
    socket.send(fill(new Uint8Array(headerBytes + bytes.byteLength), head, bytes));
    return;
  }
  for (let from = 0; from < bytes.byteLength; from += partBytes) {
    const part = bytes.subarray(from, from + partBytes);
    socket.send(fill(parcel, head, part).subarray(0, headerBytes + part.byteLength));
  }
}

/** Lets messages (more, stop) be heard between two frames without the delay of a timer. */
const turn = new MessageChannel();
const waiting: (() => void)[] = [];
turn.port1.onmessage = () => waiting.shift()?.();
const nextTurn = () =>
  new Promise<void>((resolve) => {
    waiting.push(resolve);
    turn.port2.postMessage(null);
  });

const software = isSoftware(device);
const easel: Easel = {
  canvas,
  renderer,
  isSoftware: software,
  reader: createPictureReader(renderer, { isSoftware: software, nextTurn }),
  sets: new SetCache(),
  mayGoOn: runs.mayGoOn,
  nextTurn,
  send: (packet, bytes) => {
    if (gl.isContextLost()) throw new Error("the GL context was lost");
    if (runs.isWanted(packet.run)) sendBytes(packet, bytes);
  },
};

async function sendDrawn(run: number, drawing: Drawn | Promise<Drawn | null>): Promise<void> {
  const drawn = await drawing;
  if (drawn !== null && runs.isWanted(run)) report({ type: "done", run, ...drawn });
}

/** What is not drawn is done with neither calls nor triangles. */
const nothingDrawn = (began: number) => ({
  calls: 0,
  triangles: 0,
  times: { build: 0, draw: 0, read: 0, wait: 0, total: performance.now() - began },
});

async function renderTones(command: Extract<PageCommand, { type: "sound" }>): Promise<void> {
  const began = performance.now();
  await renderSound(command.cues, {
    play: playScore,
    seconds: command.seconds,
    sampleRate: command.sampleRate,
    stopped: () => !runs.isWanted(command.run),
    progress: (fraction) => report({ type: "progress", run: command.run, fraction }),
    ...(command.stems === undefined ? {} : { stems: command.stems }),
    ...(command.plan === undefined ? {} : { footfalls: footfallsOf(command.plan) }),
    chunk: (index, samples, sound) =>
      sendBytes(
        { run: command.run, index, kind: frameKind.sound, sound },
        new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
      ),
  });
  if (runs.isWanted(command.run)) report({ type: "done", run: command.run, ...nothingDrawn(began) });
}

async function sendFiles(command: Extract<PageCommand, { type: "files" }>): Promise<void> {
  const began = performance.now();
  const files = await makeFiles(command);
  // Called off meanwhile: nobody takes them.
  if (!runs.isWanted(command.run)) return;
  for (const [index, bytes] of files.entries()) sendBytes({ run: command.run, index, kind: frameKind.file }, bytes);
  report({ type: "done", run: command.run, ...nothingDrawn(began) });
}

function workOn(command: Exclude<PageCommand, { type: "more" | "stop" }>): Promise<void> {
  switch (command.type) {
    case "sound":
      return renderTones(command);
    case "files":
      return sendFiles(command);
    case "video":
      return sendDrawn(command.run, drawFilm(command, easel));
    case "image":
      return sendDrawn(command.run, drawStill(command, easel));
    case "measure":
      return sendDrawn(command.run, drawBare(command, easel));
  }
}

socket.onmessage = (event: MessageEvent) => {
  const command = JSON.parse(String(event.data)) as PageCommand;
  if (command.type === "more") return runs.more(command.run, command.upTo);
  if (command.type === "stop") return runs.stop(command.run);
  runs.begin(command.run, command.type === "video" ? command.window : 1, async () => {
    try {
      await workOn(command);
    } catch (error) {
      const message = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error);
      report({ type: "failed", run: command.run, message });
    }
  });
};
socket.onopen = () => {
  report({ type: "ready", renderer: device });
};
