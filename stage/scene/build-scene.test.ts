import * as THREE from "three";
import { expect, test } from "vitest";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { pieceKinds } from "#domain/screenplay/plan/plan-words.ts";
import { placeKinds, places } from "#domain/screenplay/plan/plan-places.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { type BuiltSet, buildSet } from "./built-set.ts";
import { type BuiltScene, SetCache, buildScene, setKeyOf } from "./build-scene.ts";
import { buildPiece, pieceSize, pieceSolid } from "./props.ts";

const aPlan = (more: Partial<ScenePlan> = {}): ScenePlan =>
  ScenePlan.parse({
    ...planScene({
      heading: "EXT. ROOFTOP - NIGHT",
      setting: "ext",
      location: "ROOFTOP",
      time: "NIGHT",
      action: "NORA looks over the city. TOM walks.",
      dialogue: [],
      characters: ["NORA", "TOM"],
      shotType: "medium",
      move: "",
      durationFrames: 24,
      fps: { num: 24, den: 1 },
      seed: 1,
      sceneKey: "rooftop",
    }),
    ...more,
  });
const crate = {
  id: "crate-1",
  kind: "crate" as const,
  at: [1, 0, -1] as [number, number, number],
  facing: 0,
  scale: 1,
  hidden: false,
};

test("people, pieces, lights and grade change without the set being built anew", () => {
  const plan = aPlan({ pieces: [crate] });
  const built = buildScene(plan);
  const { set, characters } = built;
  const piece = built.pieces.get("crate-1");
  const first = characters[0]!;
  const next = aPlan({
    pieces: [{ ...crate, at: [2, 0, -1], facing: 90 }],
    lights: [
      { id: "a", kind: "lamp", at: [0, 2, 0], colour: "#ff0000", power: 12, reach: 9, from: 2, to: 4, flicker: 0 },
    ],
    palette: { exposure: 2, grain: 1, shadows: "#ff0000" },
  });
  const { exposure } = built.palette;
  expect(built.apply(next)).toBe(true);
  expect(built.set).toBe(set);
  expect(built.pieces.get("crate-1")).toBe(piece);
  expect(piece?.position.x).toBe(2);
  expect(piece?.rotation.y).toBeCloseTo(Math.PI / 2);
  expect(built.palette.exposure).toBeCloseTo(exposure * 2);
  expect(built.palette.shadows.getHexString()).toBe("ff0000");
  // Nothing about the people changed: they are the same.
  expect(characters[0]).toBe(first);

  const light = built.lights.get("a")!;
  const camera = new THREE.PerspectiveCamera();
  built.update(0, camera);
  expect(light.intensity).toBe(0);
  built.update(plan.beatSeconds * 3, camera);
  expect(light.intensity).toBe(12);
  // The frame at which it goes out is dark already.
  built.update(plan.beatSeconds * 4, camera);
  expect(light.intensity).toBe(0);

  const moved = {
    ...plan,
    cast: plan.cast.map((person, index) => (index === 0 ? { ...person, at: [3, 0, 1] } : person)),
  };
  expect(built.apply(ScenePlan.parse(moved))).toBe(true);
  expect(built.characters).toBe(characters);
  expect(characters[0]!.placeAt(0).x).toBeCloseTo(3);
  expect(built.scene.children.filter(({ name }) => name === "character:0")).toHaveLength(1);
  expect(built.lights.size).toBe(0);
});

test("another place, hour or weather is another set, and says so without changing anything", () => {
  const built = buildScene(aPlan());
  const before = built.scene.children.length;
  for (const other of [{ place: "street" }, { hour: "day" }, { weather: "snow" }, { lampsOn: "off" }] as const)
    expect(built.apply(aPlan(other))).toBe(false);
  expect(built.scene.children.length).toBe(before);
});

test("a set is kept for the next shot of its scene, three at most, and each is in one scene only", () => {
  const sets = new SetCache();
  const plan = aPlan();
  const one = buildScene(plan, { sets });
  const two = buildScene(plan, { sets });
  expect(two.set).not.toBe(one.set);
  one.dispose();
  const three = buildScene(aPlan({ seed: 99, palette: { exposure: 2 } }), { sets });
  expect(three.set).toBe(one.set);
  expect(three.palette.exposure).toBeCloseTo(two.palette.exposure * 2);
  three.dispose();
  const again = buildScene(plan, { sets });
  expect(again.palette.exposure).toBeCloseTo(two.palette.exposure);
  again.dispose();
  const freed: string[] = [];
  one.set.group.traverse((object) => {
    if (object instanceof THREE.Mesh) object.geometry.addEventListener("dispose", () => freed.push(object.name));
  });
  for (const hour of ["day", "dawn", "dusk"] as const) buildScene(aPlan({ hour }), { sets }).dispose();
  expect(freed.length).toBeGreaterThan(3);
  expect(setKeyOf(plan)).not.toBe(setKeyOf(plan, "fine"));
});

test("every piece stands on the floor, can be seen, and its solid is as large as it is", () => {
  for (const kind of pieceKinds) {
    const piece = buildPiece(kind, undefined);
    const box = new THREE.Box3().setFromObject(piece);
    const size = box.getSize(new THREE.Vector3());
    expect(size.length(), kind).toBeGreaterThan(0.03);
    // A rock and a hull sit in the ground; an umbrella is held in the middle.
    expect(Math.abs(box.min.y), kind).toBeLessThan(["umbrella", "ferry", "rock"].includes(kind) ? 0.9 : 0.12);
    expect(pieceSize(kind), kind).toBeLessThan(size.y * 3 + 1);
    const solid = pieceSolid(kind);
    if (solid === null) continue;
    expect(solid.half[1] * 2, kind).toBeLessThan(size.y + 0.6);
    expect(solid.half[0] * 2, kind).toBeLessThan(size.x + 0.6);
    expect(solid.half[2] * 2, kind).toBeLessThan(size.z + 0.6);
  }
});

test("what stands in the way says so: the set's walls, and a crate where somebody put it", () => {
  const built = buildScene(
    aPlan({
      pieces: [
        { ...crate, at: [4, 0, 2], scale: 2 },
        { ...crate, id: "b", hidden: true },
      ],
    }),
  );
  expect(built.set.solids.length).toBeGreaterThan(5);
  expect(built.solids.length).toBe(built.set.solids.length + 1);
  expect(built.solids.at(-1)).toMatchObject({ at: [4, 0.7, 2], half: [0.8, 0.7, 0.8] });
});

/** What stands in a set and how it looks: a line for each thing, with a number for each list of its numbers. */
function looksOf(set: BuiltSet): string[] {
  const listed = (list: ArrayLike<number>) => {
    let sum = list.length;
    for (let i = 0; i < list.length; i += 3) sum = (sum * 31 + Math.round(list[i]! * 1000)) % 1_000_000_007;
    return sum;
  };
  const told = (value: unknown): unknown => {
    if (value instanceof THREE.Texture) return "texture";
    if (value instanceof THREE.Color) return value.toArray();
    return value;
  };
  const lines = [JSON.stringify([set.palette, set.lamps, set.solids], (_, value: unknown) => told(value))];
  set.group.updateMatrixWorld(true);
  set.group.traverse((object) => {
    const { geometry, material } = object as Partial<THREE.Mesh>;
    const {
      color,
      emissive,
      opacity,
      uniforms = {},
    } = (material ?? {}) as Partial<THREE.MeshStandardMaterial> & Partial<THREE.ShaderMaterial>;
    const shape = Object.entries(geometry?.attributes ?? {}).map(([name, { array }]) => [name, listed(array)]);
    const many = object instanceof THREE.InstancedMesh ? listed(object.instanceMatrix.array) : 0;
    const looks = [color, emissive, opacity, ...Object.values(uniforms).map(({ value }) => value as unknown)];
    lines.push(JSON.stringify([object.name, listed(object.matrixWorld.elements), shape, many, looks.map(told)]));
  });
  return lines;
}

test.each(placeKinds)(
  "%s is the same for who built it and for who comes later, whoever acts in it and however it is graded",
  (place) => {
    const plan = aPlan({ place, interior: places[place].interior, hour: "dusk" });
    const other = ScenePlan.parse({
      ...plan,
      ...{ seed: 7, cast: [], crowd: 9, pieces: [crate], music: { none: true } },
      palette: { fog: 0.1, key: "#20c040", shadows: "#400000", highlights: "#ffffd0", exposure: 1.5, saturation: 0.4 },
      camera: { ...plan.camera, framing: "insert", subject: { kind: "place" } },
    });
    const key = setKeyOf(plan);
    expect(setKeyOf(other)).toBe(key);
    const sets = new SetCache();
    sets.give(key, buildSet(plan, "draft"));
    const [kept, anew] = [sets.take(key, () => expect.fail("it was not kept")), buildSet(other, "draft")];
    const camera = new THREE.PerspectiveCamera();
    for (const set of [kept, anew]) {
      set.grade(other);
      set.update(1.3, camera);
    }
    expect(looksOf(kept)).toEqual(looksOf(anew));
  },
);

test("what a hand has carried off without putting it down is back where the plan has it with the next picture", () => {
  const light = { id: "a", kind: "spot", at: [0, 3, 0], look: [1, 0, 1], colour: "#ffffff", power: 12, reach: 9 };
  const plan = aPlan({
    pieces: [{ ...crate, facing: 30, scale: 1.5 }],
    lights: [ScenePlan.shape.lights.parse([light])[0]!],
  });
  const built = buildScene(plan);
  const camera = new THREE.PerspectiveCamera();
  const [piece, lamp] = [built.pieces.get("crate-1")!, built.lights.get("a") as THREE.SpotLight];
  for (const thing of [piece, lamp]) {
    thing.position.set(7, 7, 7);
    thing.rotation.set(1, 1, 1);
  }
  built.update(0, camera);
  expect(piece.position.toArray()).toEqual([1, 0, -1]);
  expect(new THREE.Euler().setFromQuaternion(piece.quaternion).y).toBeCloseTo(Math.PI / 6);
  expect(piece.scale.x).toBe(1.5);
  expect(lamp.position.toArray()).toEqual([0, 3, 0]);
});

test("a piece that nobody picks up any more lies where it was put", () => {
  const letter = { ...crate, id: "letter", kind: "letter" as const, at: [0.4, 0, 1] as [number, number, number] };
  const plain = aPlan({ pieces: [letter] });
  const picks = (person: ScenePlan["cast"][number]): ScenePlan["cast"][number] => ({
    ...person,
    at: [0, 0, 1],
    to: [0, 0, 1],
    deeds: [{ motion: "pick-up", from: 0, to: 1, energy: 0.5, towards: { kind: "piece", id: "letter" } }],
  });
  const picked = aPlan({ pieces: [letter], cast: plain.cast.map((one, at) => (at === 0 ? picks(one) : one)) });
  const built = buildScene(picked);
  const camera = new THREE.PerspectiveCamera();
  const piece = built.pieces.get("letter")!;
  built.update(0.95, camera);
  expect(piece.position.y).toBeGreaterThan(0.1);
  expect(built.apply(plain)).toBe(true);
  built.update(0.95, camera);
  expect(piece.position.toArray()).toEqual([0.4, 0, 1]);
  expect([piece.rotation.x, piece.rotation.y, piece.rotation.z]).toEqual([0, 0, 0]);
  expect(piece.scale.toArray()).toEqual([1, 1, 1]);
});

/** How many corners the people of a scene have, with what they hold and sit in. */
function corners({ characters }: Pick<BuiltScene, "characters">): number {
  let sum = 0;
  for (const { object } of characters)
    object.traverse((part) => {
      if (part instanceof THREE.Mesh) sum += (part as THREE.Mesh).geometry.getAttribute("position").count;
    });
  return sum;
}

test.each([
  ["a driver's car, for a nearer picture", "drive", (plan) => ({ camera: { ...plan.camera, framing: "close-up" } })],
  ["what a player holds, for other music", "play", (plan) => ({ music: { ...plan.music, instruments: ["pluck"] } })],
] as [string, "drive" | "play", (plan: ScenePlan) => Partial<ScenePlan>][])(
  "%s, is the same taken over as built anew, and nobody is made anew for less",
  (_name, action, change) => {
    const one = { ...aPlan().cast[0]!, action, seat: 0.5, deeds: [] };
    const wide = aPlan({ cast: [one], music: { none: false, instruments: ["cello"] } });
    const plan = { ...wide, camera: { ...wide.camera, framing: "wide" as const } };
    const next = { ...plan, ...change(plan) };
    const [built, anew] = [buildScene(plan), buildScene(next)];
    expect(corners(built)).not.toBe(corners(anew));
    expect(built.apply(next)).toBe(true);
    expect(corners(built)).toBe(corners(anew));
    const [person] = built.characters;
    const other = next.camera.framing === "wide" ? "close-up" : "medium";
    expect(built.apply({ ...next, camera: { ...next.camera, framing: other } })).toBe(true);
    expect(built.characters[0]).toBe(person);
  },
);
