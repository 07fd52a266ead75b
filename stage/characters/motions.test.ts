import * as THREE from "three";
import { expect, test } from "vitest";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { type Deed, motions, type PlannedCharacter, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildCharacter, type Character, plantedFeet } from "./character.ts";
import { carryPieces } from "./held-things.ts";

const empty = planScene({
  heading: "EXT. FIELD - DAY",
  setting: "ext",
  location: "field",
  time: "DAY",
  action: "ANNA stands.",
  dialogue: [],
  characters: ["Anna", "Tom"],
  shotType: "wide",
  move: "static",
  durationFrames: 24 * 8,
  fps: { num: 24, den: 1 },
  seed: 3,
  sceneKey: "a field",
});

type Doing = Partial<PlannedCharacter> & { tall?: number };

/** A shot of 8 seconds in which each does what is said; `deeds` are in seconds. */
function aShot(...people: Doing[]): { plan: ScenePlan; cast: Character[] } {
  const plan = ScenePlan.parse({
    ...empty,
    beatSeconds: 1,
    cast: people.map(({ tall = 1.75, ...doing }, index) => {
      const own = empty.cast[index]!;
      const at = doing.at ?? [index * 1.1, 0, 0];
      return { ...own, at, to: at, facing: 0, looksAt: -1, ...doing, look: { ...own.look, height: tall } };
    }),
  });
  return { plan, cast: plan.cast.map((person, index) => buildCharacter(person, index, plan)) };
}

const deed = (motion: Deed["motion"], from: number, to: number, more: Partial<Deed> = {}): Deed => ({
  motion,
  from,
  to,
  energy: 0.5,
  ...more,
});

const heights = [1.22, 1.75, 2.05];
const rate = 96;
/** A sprinter's knee does about 20 radians a second, a running child's more; one that flips over does hundreds. */
const fastest = 32;

/** What happens to the feet, the knees and the head over a time of a shot. */
function watch(cast: Character[], who: number, from: number, to: number) {
  const character = cast[who]!;
  const mesh = character.object.children.find((child) => child instanceof THREE.SkinnedMesh)!;
  const bone = (name: string) => mesh.skeleton.bones.find((one) => one.name === name)!;
  const feet = { left: bone("leftToes"), right: bone("rightToes") };
  const knees = [bone("leftLowerLeg"), bone("rightLowerLeg")];
  const held: Partial<Record<"left" | "right", THREE.Vector3>> = {};
  let [drift, plantedMoments, fastestKnee, farthestJump] = [0, 0, 0, 0];
  const before = { knees: knees.map(() => 0), hips: new THREE.Vector3() };
  for (let i = Math.round(from * rate); i <= Math.round(to * rate); i += 1) {
    const seconds = i / rate;
    for (const one of cast) one.update(seconds, cast);
    const planted = plantedFeet(character, seconds);
    for (const side of ["left", "right"] as const) {
      const now = feet[side].getWorldPosition(new THREE.Vector3());
      if (!Number.isFinite(now.x + now.y + now.z)) throw new Error(`${side} foot is nowhere at ${seconds} s`);
      if (!planted[side]) {
        delete held[side];
        continue;
      }
      plantedMoments += 1;
      held[side] ??= now;
      drift = Math.max(drift, now.distanceTo(held[side]));
    }
    const hips = bone("hips").getWorldPosition(new THREE.Vector3());
    knees.forEach((knee, at) => {
      const bend = 2 * Math.acos(Math.min(1, Math.abs(knee.quaternion.w)));
      if (i > Math.round(from * rate)) fastestKnee = Math.max(fastestKnee, Math.abs(bend - before.knees[at]!) * rate);
      before.knees[at] = bend;
    });
    if (i > Math.round(from * rate)) farthestJump = Math.max(farthestJump, hips.distanceTo(before.hips) * rate);
    before.hips.copy(hips);
  }
  return { drift, plantedMoments, fastestKnee, farthestJump };
}

const goes = new Set(["walk", "run", "sneak", "push"]);
const aloft = new Set(["climb", "lie", "fall", "drive"]);

for (const tall of heights)
  test(`nobody ${tall} m tall slides on a foot that stands, flips a knee or jumps, whatever they do`, () => {
    for (const motion of motions) {
      const seat = motion === "sit" || motion === "drive" || motion === "stand-up" ? 0.45 : 0;
      const { cast } = aShot(
        { tall, seat, deeds: [deed(motion, 0, 8, goes.has(motion) ? { goes: [3, 0, 20] } : {})] },
        { at: [0, 0, 0.9], facing: 180 },
      );
      const seen = watch(cast, 0, 0, 6);
      expect(seen.drift, `${motion} slides`).toBeLessThan(0.01);
      if (!aloft.has(motion)) expect(seen.plantedMoments, `${motion} stands`).toBeGreaterThan(rate);
      expect(seen.fastestKnee, `${motion} flips a knee, radians a second`).toBeLessThan(fastest);
      expect(seen.farthestJump, `${motion} jumps, metres a second`).toBeLessThan(motion === "run" ? 5.5 : 4);
    }
  });

test("walking, stopping, turning and walking back, sitting down and getting up, all on feet that stay where they are", () => {
  const { cast } = aShot({
    deeds: [
      deed("stand", 0, 0.6),
      deed("walk", 0.6, 2.8, { goes: [0.4, 0, 2] }),
      deed("talk", 2.8, 4.2, { facing: 170 }),
      deed("run", 4.2, 8, { goes: [-3, 0, -4] }),
    ],
  });
  const seen = watch(cast, 0, 0, 8);
  expect(seen.drift).toBeLessThan(0.01);
  expect(seen.plantedMoments).toBeGreaterThan(4 * rate);
  expect(seen.fastestKnee).toBeLessThan(fastest);
  expect(seen.farthestJump).toBeLessThan(5.5);
  const seated = aShot({
    seat: 0.45,
    deeds: [deed("sit", 0, 1.2), deed("walk", 1.2, 4.4, { goes: [2, 0, 2] }), deed("sit", 4.4, 8, { facing: 200 })],
  });
  const sat = watch(seated.cast, 0, 0, 8);
  expect(sat.drift).toBeLessThan(0.01);
  expect(sat.farthestJump).toBeLessThan(3);
});

test("who has time arrives where they go, with their feet together, and stays", () => {
  const { cast } = aShot({
    deeds: [deed("stand", 0, 1), deed("walk", 1, 5, { goes: [1, 0, 3] }), deed("stand", 5, 8)],
  });
  const place = cast[0]!.placeAt(5);
  expect(place.distanceTo(new THREE.Vector3(1, 0, 3))).toBeLessThan(0.02);
  expect(plantedFeet(cast[0]!, 6)).toEqual({ left: true, right: true });
});

test("who goes from the first frame is on the way already, and who is not there at the last one goes on", () => {
  const { cast } = aShot({ action: "walk", to: [0, 0, 10.8] });
  const way = (a: number, b: number) => cast[0]!.placeAt(a).distanceTo(cast[0]!.placeAt(b)) / (b - a);
  expect(way(0, 0.2)).toBeCloseTo(1.35, 2);
  expect(way(7.8, 8)).toBeCloseTo(1.35, 2);
});

test("two who fight go for each other, face to face and an arm's length apart", () => {
  const { cast } = aShot(
    { at: [0, 0, -2], deeds: [deed("fight", 0, 8, { towards: { kind: "person", index: 1 } })] },
    { at: [0, 0, 2], facing: 180, deeds: [deed("fight", 0, 8, { towards: { kind: "person", index: 0 } })] },
  );
  const [a, b] = [cast[0]!.placeAt(6), cast[1]!.placeAt(6)];
  expect(a.distanceTo(b)).toBeGreaterThan(0.8);
  expect(a.distanceTo(b)).toBeLessThan(1.15);
  expect(Math.abs(cast[0]!.facingAt(6))).toBeLessThan(8);
  expect(Math.abs(Math.abs(cast[1]!.facingAt(6)) - 180)).toBeLessThan(8);
});

test("what is picked up lies on the floor until the hand has it, then goes with the hand", () => {
  const { cast } = aShot({ carries: "lantern", deeds: [deed("stand", 0, 1), deed("pick-up", 1, 4)] });
  const things: THREE.Object3D[] = [];
  cast[0]!.object.traverse((object) => {
    if (object instanceof THREE.Mesh && !(object instanceof THREE.SkinnedMesh)) things.push(object);
  });
  const heightAt = (seconds: number) => {
    cast[0]!.update(seconds, cast);
    return things[0]!.getWorldPosition(new THREE.Vector3()).y;
  };
  expect(things.length).toBeGreaterThan(0);
  expect(heightAt(0.5)).toBeCloseTo(0, 2);
  expect(heightAt(1.8)).toBeCloseTo(0, 2);
  expect(heightAt(3.9)).toBeGreaterThan(0.4);
});

test("a piece of the set that is picked up lies where it was put, then is in the hand wherever they go", () => {
  const letter = {
    id: "letter",
    kind: "letter" as const,
    at: [-0.1, 0, 2] as [number, number, number],
    facing: 0,
    scale: 1,
    hidden: false,
  };
  const plan = ScenePlan.parse({
    ...empty,
    beatSeconds: 1,
    pieces: [letter],
    cast: [
      {
        ...empty.cast[0]!,
        at: [0, 0, 0],
        to: [0, 0, 0],
        deeds: [
          deed("pick-up", 0, 4.5, { towards: { kind: "piece", id: "letter" } }),
          deed("walk", 4.5, 8, { goes: [3, 0, 0] }),
        ],
      },
    ],
  });
  const cast = [buildCharacter(plan.cast[0]!, 0, plan)];
  const pieces = new Map([["letter", new THREE.Object3D()]]);
  const pieceAt = (seconds: number) => {
    cast[0]!.update(seconds, cast);
    carryPieces(cast, pieces, seconds);
    return pieces.get("letter")!.position.clone();
  };
  expect(pieceAt(0.5).toArray()).toEqual(letter.at);
  const hand = pieceAt(7.5);
  expect(hand.y).toBeGreaterThan(0.7);
  expect(hand.distanceTo(cast[0]!.placeAt(7.5))).toBeLessThan(1.5);
});

test("a car goes as fast as it goes by, and its driver stays in it", () => {
  const { cast } = aShot({ action: "drive", seat: 0.36, at: [0, 0, -20], to: [0, 0, 12] });
  expect(cast[0]!.placeAt(4).z).toBeCloseTo(-4, 1);
  const eyes = cast[0]!.eyesAt(4);
  expect(eyes.y).toBeGreaterThan(0.95);
  expect(eyes.y).toBeLessThan(1.3);
});

test("the old go slower and stoop, and a child's head is larger for its body", () => {
  const walks = (age: number | undefined, tall: number) => {
    const { cast } = aShot({ tall, action: "walk", to: [0, 0, 10.8] });
    const look = { ...cast[0]!.plan.look, ...(age === undefined ? {} : { age }) };
    return buildCharacter({ ...cast[0]!.plan, look }, 0, aShot({}).plan);
  };
  const [old, young, child] = [walks(82, 1.75), walks(undefined, 1.75), walks(8, 1.2)];
  expect(old.placeAt(6).z).toBeLessThan(young.placeAt(6).z * 0.75);
  expect(old.eyesAt(1).y).toBeLessThan(young.eyesAt(1).y - 0.03);
  expect(watch([old], 0, 0, 4).drift).toBeLessThan(0.01);
  const head = (character: Character) =>
    character.object.getObjectByName("head")!.getWorldScale(new THREE.Vector3()).y / character.object.scale.y;
  expect(head(child)).toBeGreaterThan(head(young) * 1.1);
});

test("whatever deeds are written into a plan, people act them out without a jump of more than a step", () => {
  const random = seededRandom(11);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const somewhere = (): [number, number, number] => [(random() - 0.5) * 8, 0, (random() - 0.5) * 8];
  const towards = (): Deed["towards"] =>
    pick<Deed["towards"]>([
      undefined,
      { kind: "person", index: 1 },
      { kind: "person", index: 7 },
      { kind: "piece", id: "none" },
      { kind: "point", at: somewhere() },
      { kind: "camera" },
    ]);
  for (let n = 0; n < 24; n += 1) {
    const deeds = Array.from({ length: Math.floor(random() * 7) }, () => {
      const from = random() * 8;
      const facing = random() < 0.3 ? { facing: random() * 720 - 360 } : {};
      const goes = random() < 0.4 ? { goes: somewhere() } : {};
      const about = towards();
      return deed(pick(motions), from, Math.max(0, from + random() * 4 - 0.3), {
        ...facing,
        ...goes,
        ...(about === undefined ? {} : { towards: about }),
      });
    });
    const said = JSON.stringify(deeds);
    const { cast } = aShot({ action: pick(motions), seat: pick([0, 0.45]), deeds, looksAt: 1 }, { at: somewhere() });
    const mesh = cast[0]!.object.children.find((child) => child instanceof THREE.SkinnedMesh)!;
    const head = mesh.skeleton.bones.find(({ name }) => name === "head")!;
    const before = new THREE.Vector3();
    for (let i = 0; i <= 8 * 24; i += 1) {
      for (const one of cast) one.update(i / 24, cast);
      const now = head.getWorldPosition(new THREE.Vector3());
      const eyes = cast[0]!.eyesAt(i / 24);
      if (!Number.isFinite(now.x + now.y + now.z + eyes.x + eyes.y + eyes.z)) throw new Error(`nowhere: ${said}`);
      if (i > 0) expect(now.distanceTo(before), `at ${i / 24} s of ${said}`).toBeLessThan(0.5);
      before.copy(now);
    }
  }
});

test.each([["stand"], ["look"], ["talk"]] as const)(
  "who does %s and then sits does the first of it standing",
  (first) => {
    const { cast } = aShot({ deeds: [deed(first, 0, 2), deed("sit", 2, 8, { facing: 0 })], seat: 0.46 });
    const eyes = (t: number) => cast[0]!.eyesAt(t);
    expect(eyes(0.5).y).toBeGreaterThan(1.55);
    expect(eyes(6).y).toBeLessThan(1.35);
    // Onto the seat, which is behind where they stood.
    expect(eyes(0.5).z - eyes(6).z).toBeGreaterThan(0.25);
    const { cast: sitting } = aShot({ deeds: [deed("sit", 0, 3), deed(first, 3, 8)], seat: 0.46 });
    expect(sitting[0]!.eyesAt(0.5).y).toBeLessThan(1.35);
  },
);
