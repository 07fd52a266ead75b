import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as THREE from "three";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { buildCharacter } from "#stage/characters/character.ts";
import { shotCamera } from "#stage/camera/shot-camera.ts";
import { cameraRecord } from "#stage/passes/camera-record.ts";
import type { Stage } from "#stage/stage.ts";
import type { RunContext } from "../engine.ts";
import type { Easel, PacketHead } from "./page/easel.ts";
import { drawStill } from "./page/pictures.ts";
import type { Bench } from "./previz-engine.ts";
import type { PageCommand } from "./protocol.ts";
import { renderImage } from "./render-image.ts";

type Still = Extract<PageCommand, { type: "image" }>;
type OnPacket = { packet(packet: PacketHead & { data: Buffer }): Promise<void> };

/** When pictures were drawn, seconds. */
const drawn: number[] = vi.hoisted(() => []);
const page = vi.hoisted(() => ({ stage: {} as unknown }));

// The page without a browser: what it is told to draw it notes, and what it sends comes at once.
vi.mock("./receive.ts", () => ({
  receive: async (_bench: unknown, _signal: unknown, command: Still, on: OnPacket) => {
    const sent: Promise<void>[] = [];
    await drawStill(command, {
      mayGoOn: () => Promise.resolve(true),
      reader: { read: () => () => undefined },
      send: (head: PacketHead, bytes: Uint8Array) => sent.push(on.packet({ ...head, data: Buffer.from(bytes) })),
    } as unknown as Easel);
    await Promise.all(sent);
  },
}));
vi.mock("./page/easel.ts", () => ({ setUp: () => page.stage }));
vi.mock("./page/still.ts", () => ({ toStill: () => Promise.resolve(new Uint8Array(3)) }));

const plan = planScene({
  ...{ heading: "", setting: "ext", location: "field", time: "DAY", action: "", dialogue: [], characters: ["MAYA"] },
  ...{ shotType: "wide", move: "dolly", durationFrames: 12, fps: { num: 24, den: 1 }, seed: 1, sceneKey: "field" },
});
const characters = plan.cast.map((person, index) => buildCharacter(person, index, plan));
const viewAt = shotCamera(plan, characters, 16 / 9, []);

let scratch: string;
beforeEach(async () => {
  drawn.length = 0;
  scratch = await mkdtemp(join(tmpdir(), "still-"));
  page.stage = {
    renderFrame: (seconds) => drawn.push(seconds),
    record: (wanted) =>
      cameraRecord({ plan, width: 160, height: 90, range: { near: 1, far: 9 }, ids: [], viewAt, ...wanted }),
    info: () => ({ calls: 1, triangles: 1 }),
    dispose: () => undefined,
  } satisfies Partial<Stage>;
});
afterEach(() => rm(scratch, { recursive: true }));

test.each([0, 0.5, 0.6, 1])(
  "a still at %f of its shot is one of its frames, and the camera beside it stands where it was taken from",
  async (atFraction) => {
    const context = { scratch, signal: new AbortController().signal, progress: () => undefined };
    const files = await renderImage(
      { role: "image", plan, prompt: "", seed: 1, width: 160, height: 90, atFraction, passes: ["depth"] },
      { description: "", run: 1 } as Bench,
      context as unknown as RunContext,
    );
    const camera = files.find(({ role }) => role === "camera");
    const { samples } = JSON.parse(await readFile(camera?.path ?? "", "utf8")) as ReturnType<typeof cameraRecord>;
    const [seconds] = drawn;
    expect(drawn).toEqual([seconds, seconds]);
    expect(samples).toHaveLength(1);
    expect(samples[0]!.frame).toBeCloseTo(seconds! * 24, 9);
    const { eye } = viewAt(seconds!);
    expect(new THREE.Vector3(...(samples[0]!.eye as [number, number, number])).distanceTo(eye)).toBeLessThan(1e-4);
  },
);

test("the camera of that shot moves, so that half a frame tells", () => {
  expect(viewAt(5.5 / 24).eye.distanceTo(viewAt(6 / 24).eye)).toBeGreaterThan(1e-3);
});
