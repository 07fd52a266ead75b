import { Document, NodeIO } from "@gltf-transform/core";
import { validateBytes } from "gltf-validator";
import { expect, test } from "vitest";
import { compressGlb, compressOrKeep } from "./compress-glb.ts";

/** A hilly sheet of `side` x `side` squares with colours in its corners. */
async function aSheet(side: number): Promise<Uint8Array> {
  const document = new Document();
  const buffer = document.createBuffer();
  const places: number[] = [];
  const normals: number[] = [];
  const colours: number[] = [];
  const order: number[] = [];
  for (let z = 0; z <= side; z += 1) {
    for (let x = 0; x <= side; x += 1) {
      places.push(x / 3, Math.sin(x / 5) * Math.cos(z / 7), z / 3);
      const [a, b] = [Math.sin(x / 9), Math.cos(z / 9)];
      const long = Math.hypot(a, 1, b);
      normals.push(a / long, 1 / long, b / long);
      colours.push((x % 10) * 6000, 20_000, 30_000, 65_535);
      const at = z * (side + 1) + x;
      if (x < side && z < side) order.push(at, at + side + 1, at + 1, at + 1, at + side + 1, at + side + 2);
    }
  }
  const accessor = (type: "VEC3" | "VEC4" | "SCALAR", array: Float32Array | Uint16Array) =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const sheet = document
    .createPrimitive()
    .setAttribute("POSITION", accessor("VEC3", new Float32Array(places)))
    .setAttribute("NORMAL", accessor("VEC3", new Float32Array(normals)))
    .setAttribute("COLOR_0", accessor("VEC4", new Uint16Array(colours)).setNormalized(true))
    .setIndices(accessor("SCALAR", new Uint16Array(order)))
    .setMaterial(document.createMaterial("stone"));
  const node = document.createNode("sheet").setMesh(document.createMesh("sheet").addPrimitive(sheet));
  document.createScene("place").setExtras({ hour: "night" }).addChild(node);
  return new NodeIO().writeBinary(document);
}

test("a packed model is a third as large, valid, and keeps what the scene says of itself", async () => {
  const plain = await aSheet(80);
  const packed = await compressGlb(plain);
  expect(packed.byteLength).toBeLessThan(plain.byteLength / 3);
  const { issues, info } = await validateBytes(packed);
  expect(issues.messages.filter(({ severity }) => severity <= 1)).toEqual([]);
  expect(info).toMatchObject({ totalTriangleCount: 80 * 80 * 2 });
  const json = Buffer.from(packed.subarray(20, 20 + Buffer.from(packed).readUInt32LE(12))).toString("utf8");
  expect(json).toContain('"hour":"night"');
});

test("what cannot be packed stays as it was, and the reason is told", async () => {
  const broken = new TextEncoder().encode("not a model at all, but long enough to look like one");
  const reasons: string[] = [];
  expect(await compressOrKeep(broken, (reason) => reasons.push(reason))).toBe(broken);
  expect(reasons).toHaveLength(1);
});
