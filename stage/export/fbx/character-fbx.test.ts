import * as THREE from "three";
import { FBXLoader } from "three/addons/loaders/FBXLoader.js";
import { beforeAll, expect, test } from "vitest";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import { boneNames, boneTable } from "../../characters/skeleton.ts";
import { type Performance, type PersonPerformance, samplePerformance } from "../performance.ts";
import { toFbx } from "./character-fbx.ts";

const fps = { num: 24, den: 1 };
const order = { prompt: "A girl with an umbrella runs and an old man plays the violin in a park", seed: 3, fps };
let performance: Performance;
let read: { person: PersonPerformance; bytes: Uint8Array; group: THREE.Group; skin: THREE.SkinnedMesh }[];

beforeAll(() => {
  performance = samplePerformance(scenePlanOf(planByRules({ ...order, seconds: 1 })));
  read = performance.people.map((person) => {
    const bytes = toFbx(performance, person);
    const group = new FBXLoader().parse(bytes.slice().buffer, "");
    let skin: THREE.SkinnedMesh | undefined;
    group.traverse((object) => {
      if (object instanceof THREE.SkinnedMesh) skin = object;
    });
    return { person, bytes, group, skin: skin! };
  });
});

/** Puts what was read, and the person it was made of, at a frame. */
function goTo(frame: number): void {
  const seconds = performance.times[frame]!;
  for (const { group } of read) {
    const mixer = new THREE.AnimationMixer(group);
    const action = mixer.clipAction(group.animations[0]!).setLoop(THREE.LoopOnce, 1);
    action.clampWhenFinished = true;
    action.play();
    mixer.setTime(seconds);
    group.updateMatrixWorld(true);
  }
  const all = performance.people.map(({ character }) => character);
  for (const one of all) one.update(seconds, all);
  for (const one of all) one.object.updateMatrixWorld(true);
}

/** Of a centimetre world, in metres. */
const inMetres = (object: THREE.Object3D) => object.getWorldPosition(new THREE.Vector3()).multiplyScalar(0.01);

test("every bone is there under its name, below the bone it hangs on, and the first below the person", () => {
  expect(read.length).toBe(2);
  for (const { group, person } of read)
    for (const name of boneNames) {
      const bone = group.getObjectByName(name);
      expect(bone).toBeInstanceOf(THREE.Bone);
      expect(bone!.parent!.name).toBe(boneTable[name].parent ?? person.name.replaceAll(" ", "_"));
    }
});

test("a reader finds every joint where the stage has it, within a millimetre", () => {
  for (const frame of [0, 1, 9, 17, 23]) {
    goTo(frame);
    for (const { group, person } of read)
      for (const name of boneNames) {
        const there = person.bones[name].getWorldPosition(new THREE.Vector3());
        const off = inMetres(group.getObjectByName(name)!).distanceTo(there);
        expect(off, `${person.name}'s ${name} in frame ${frame}`).toBeLessThan(0.001);
      }
  }
});

test("a reader finds every point of the body where the stage has it, while it is bound and while it moves", () => {
  for (const { person, skin } of read) {
    const [own, theirs] = [person.mesh.geometry, skin.geometry].map((geometry) => geometry.getAttribute("position"));
    // Readers give every face points of its own; what they say of each says which it was.
    const spot = new THREE.Vector3();
    const tall = person.character.object.scale.x;
    const bound = new Set<string>();
    const key = ({ x, y, z }: THREE.Vector3) => [x, y, z].map((n) => Math.round(n * 10)).join();
    for (let i = 0; i < own!.count; i += 1) {
      spot.fromBufferAttribute(own!, i).multiplyScalar(tall * 100);
      // A tenth of a millimetre more or less falls on either side of where it is cut.
      for (const off of [-0.02, 0, 0.02])
        bound.add(key(spot.clone().addScalar(off))).add(key(new THREE.Vector3(spot.x + off, spot.y - off, spot.z)));
    }
    let missing = 0;
    for (let i = 0; i < theirs!.count; i += 7) if (!bound.has(key(spot.fromBufferAttribute(theirs!, i)))) missing += 1;
    expect(missing / theirs!.count).toBeLessThan(0.002);
  }
  goTo(17);
  for (const { person, skin } of read) {
    const [own, theirs] = [boxOf(person.mesh, 1), boxOf(skin, 0.01)];
    expect(own.min.distanceTo(theirs.min)).toBeLessThan(0.001);
    expect(own.max.distanceTo(theirs.max)).toBeLessThan(0.001);
  }
});

/** Round every skinned point, in the world. */
function boxOf(mesh: THREE.SkinnedMesh, unit: number): THREE.Box3 {
  const box = new THREE.Box3();
  const spot = new THREE.Vector3();
  const count = mesh.geometry.getAttribute("position").count;
  mesh.skeleton.update();
  for (let i = 0; i < count; i += 1)
    box.expandByPoint(mesh.getVertexPosition(i, spot).applyMatrix4(mesh.matrixWorld).multiplyScalar(unit));
  return box;
}

test("the weights of every point add up to one", () => {
  for (const { skin } of read) {
    const weight = skin.geometry.getAttribute("skinWeight");
    for (let i = 0; i < weight.count; i += 1) {
      const sum = [0, 1, 2, 3].reduce((all, k) => all + weight.getComponent(i, k), 0);
      if (Math.abs(sum - 1) > 1e-5) throw new Error(`point ${i} has a weight of ${sum}`);
    }
  }
});

test("what is held moves along: the umbrella is where the stage has it, as large as it is", () => {
  const { person, group } = read.find(({ person }) => person.name === "GIRL")!;
  const [umbrella] = person.things;
  const found = group.getObjectByName("GIRL_thing_1")!;
  expect(found.parent!.name).toBe("rightHand");
  for (const frame of [0, 12, 23]) {
    goTo(frame);
    expect(inMetres(found).distanceTo(umbrella!.object.getWorldPosition(new THREE.Vector3()))).toBeLessThan(0.001);
    expect(found.getWorldScale(new THREE.Vector3()).x).toBeCloseTo(
      umbrella!.object.getWorldScale(new THREE.Vector3()).x,
      3,
    );
  }
});

test("it is a file of centimetres with one take as long as the film, of few materials", () => {
  for (const { group, skin, person } of read) {
    expect(group.userData["unitScaleFactor"]).toBe(1);
    expect(group.animations.map(({ name }) => name)).toEqual(["performance"]);
    expect(group.animations[0]!.duration).toBeCloseTo(23 / 24, 5);
    expect([skin.material].flat().length).toBeGreaterThan(4);
    expect([skin.material].flat().length).toBeLessThanOrEqual(32);
    expect(skin.name).toBe(`${person.name.replaceAll(" ", "_")}_body`);
  }
});

test("the same performance makes the same bytes", () => {
  expect(Buffer.from(toFbx(performance, performance.people[0]!)).equals(Buffer.from(read[0]!.bytes))).toBe(true);
});

test("ten seconds are far less than two megabytes, and a name in any script is taken as it is", () => {
  const long = samplePerformance(
    scenePlanOf(planByRules({ ...order, prompt: "A woman dances on a stage", seconds: 10 })),
  );
  const bytes = toFbx(long, { ...long.people[0]!, name: "Zoë & 李娜" });
  expect(bytes.length).toBeLessThan(700_000);
  expect(Buffer.from(bytes).includes("Zoë_李娜\0\u0001Model")).toBe(true);
});
