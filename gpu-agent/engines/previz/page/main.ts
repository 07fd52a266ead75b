import { createRenderer, createStage } from "#stage/stage.ts";
import { renderSound } from "#stage/sound/render-sound.ts";
import type { PageCommand, PageReport } from "../protocol.ts";
import { frameKind, headerBytes } from "../protocol.ts";
import { makeFiles } from "./make-files.ts";

/** The page inside the agent's headless browser: builds what it is told to and sends the pictures home. */
const socket = new WebSocket(`ws://${location.host}/link${location.search}`);
socket.binaryType = "arraybuffer";
const canvas = document.createElement("canvas");
document.body.append(canvas);
const renderer = createRenderer(canvas);
const gl = renderer.getContext();

const allowed = new Map<number, { upTo: number; wake: () => void }>();
const report = (message: PageReport) => socket.send(JSON.stringify(message));

function sendBytes(run: number, index: number, kind: number, bytes: Uint8Array): void {
  const packet = new Uint8Array(headerBytes + bytes.byteLength);
  new Uint32Array(packet.buffer, 0, 4).set([run, index, kind, 0]);
  packet.set(bytes, headerBytes);
  socket.send(packet);
}

/** Waits until frame `index` may be sent. @returns false when the run was stopped */
async function mayGoOn(run: number, index: number): Promise<boolean> {
  for (;;) {
    const gate = allowed.get(run);
    if (gate === undefined) return false;
    if (index < gate.upTo) return true;
    await new Promise<void>((resolve) => {
      gate.wake = resolve;
    });
  }
}

/** Lets messages (more, stop) be heard between two frames without the delay of a timer. */
const turn = new MessageChannel();
const nextTurn = () =>
  new Promise<void>((resolve) => {
    turn.port1.onmessage = () => resolve();
    turn.port2.postMessage(null);
  });

async function renderPictures(command: Extract<PageCommand, { type: "video" | "image" }>): Promise<void> {
  const { run, plan, width, height } = command;
  const began = performance.now();
  const stage = createStage({ canvas, plan, width, height, renderer });
  const pixels = new Uint8Array(width * height * 4);
  const frames = command.type === "video" ? command.frames : 1;
  try {
    for (let index = 0; index < frames; index += 1) {
      if (!(await mayGoOn(run, index))) return;
      const seconds =
        command.type === "video" ? ((command.from + index) * command.fps.den) / command.fps.num : command.seconds;
      stage.renderFrame(seconds);
      if (gl.isContextLost()) throw new Error("the GL context was lost");
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      sendBytes(run, index, frameKind.picture, pixels);
      await nextTurn();
    }
    report({ type: "done", run, ...stage.info(), milliseconds: performance.now() - began });
  } finally {
    stage.dispose();
  }
}

async function renderTones(command: Extract<PageCommand, { type: "sound" }>): Promise<void> {
  const began = performance.now();
  await renderSound(command.cues, {
    seconds: command.seconds,
    sampleRate: command.sampleRate,
    stopped: () => !allowed.has(command.run),
    progress: (fraction) => report({ type: "progress", run: command.run, fraction }),
    chunk: (index, samples) =>
      sendBytes(
        command.run,
        index,
        frameKind.sound,
        new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
      ),
  });
  if (allowed.has(command.run))
    report({ type: "done", run: command.run, calls: 0, triangles: 0, milliseconds: performance.now() - began });
}

async function sendFiles(command: Extract<PageCommand, { type: "files" }>): Promise<void> {
  const began = performance.now();
  const files = await makeFiles(command);
  // Called off meanwhile: nobody takes them.
  if (!allowed.has(command.run)) return;
  for (const [index, bytes] of files.entries()) sendBytes(command.run, index, frameKind.file, bytes);
  report({ type: "done", run: command.run, calls: 0, triangles: 0, milliseconds: performance.now() - began });
}

function workOn(command: Extract<PageCommand, { type: "video" | "image" | "sound" | "files" }>): Promise<void> {
  switch (command.type) {
    case "sound":
      return renderTones(command);
    case "files":
      return sendFiles(command);
    case "video":
    case "image":
      return renderPictures(command);
  }
}

socket.onmessage = (event: MessageEvent) => {
  const command = JSON.parse(String(event.data)) as PageCommand;
  if (command.type === "more") {
    const gate = allowed.get(command.run);
    if (gate !== undefined) {
      gate.upTo = command.upTo;
      gate.wake();
    }
    return;
  }
  if (command.type === "stop") {
    const gate = allowed.get(command.run);
    allowed.delete(command.run);
    gate?.wake();
    return;
  }
  allowed.set(command.run, { upTo: command.type === "video" ? command.window : 1, wake: () => {} });
  void workOn(command)
    .catch((error: unknown) =>
      report({
        type: "failed",
        run: command.run,
        message: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error),
      }),
    )
    .finally(() => allowed.delete(command.run));
};
socket.onopen = () => {
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  report({
    type: "ready",
    renderer: String(names === null ? gl.getParameter(gl.RENDERER) : gl.getParameter(names.UNMASKED_RENDERER_WEBGL)),
  });
};
