import { expect, test } from "vitest";
import { createLaterReader } from "./read-later.ts";

/** A GPU that reads on when it is told to: as much as is asked of one here. */
function aGpu() {
  const [TIMEOUT_EXPIRED, CONDITION_SATISFIED, WAIT_FAILED] = [1, 2, 3];
  type Buffer = { bytes: number };
  let bound: Buffer | null = null;
  let drawn = 0;
  let done = 0;
  let fails = false;
  const made: Buffer[] = [];
  const gl = {
    ...{ TIMEOUT_EXPIRED, CONDITION_SATISFIED, WAIT_FAILED },
    createBuffer() {
      const buffer = { bytes: 0 };
      made.push(buffer);
      return buffer;
    },
    bindBuffer: (_: number, buffer: Buffer | null) => (bound = buffer),
    bufferData: () => undefined,
    readPixels: () => (bound!.bytes = drawn),
    fenceSync: () => ({ after: drawn }),
    flush: () => undefined,
    clientWaitSync: (sync: { after: number }) =>
      fails ? WAIT_FAILED : sync.after <= done ? CONDITION_SATISFIED : TIMEOUT_EXPIRED,
    deleteSync: () => undefined,
    getBufferSubData: (_: number, __: number, into: Uint8Array) => into.fill(bound!.bytes),
    deleteBuffer: (buffer: Buffer) => made.splice(made.indexOf(buffer), 1),
  };
  return {
    gl: gl as unknown as WebGL2RenderingContext,
    made,
    draw: () => (drawn += 1),
    turn: () => Promise.resolve().then(() => void (done += 1)),
    breakDown: () => (fails = true),
  };
}

test("each picture comes as it was when it was read, though the next is drawn before it is fetched", async () => {
  const gpu = aGpu();
  const reader = createLaterReader(gpu.gl, gpu.turn);
  const into = new Uint8Array(4);
  const seen: number[] = [];
  let fetch = () => Promise.resolve();
  for (let picture = 0; picture < 5; picture += 1) {
    gpu.draw();
    await fetch();
    if (picture > 0) seen.push(into[0]!);
    fetch = reader.read(1, 1, into);
  }
  await fetch();
  expect([...seen, into[0]]).toEqual([1, 2, 3, 4, 5]);
});

test("buffers are used again, and are gone with the reader", async () => {
  const gpu = aGpu();
  const reader = createLaterReader(gpu.gl, gpu.turn);
  for (let picture = 0; picture < 5; picture += 1) {
    gpu.draw();
    await reader.read(1, 1, new Uint8Array(4))();
  }
  expect(gpu.made).toHaveLength(1);
  reader.dispose();
  expect(gpu.made).toHaveLength(0);
});

test("a GPU that breaks down gives no old picture for a new one", async () => {
  const gpu = aGpu();
  const reader = createLaterReader(gpu.gl, gpu.turn);
  gpu.draw();
  const fetch = reader.read(1, 1, new Uint8Array(4));
  gpu.breakDown();
  await expect(fetch()).rejects.toThrow("did not give its picture");
});
