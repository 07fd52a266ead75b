import * as THREE from "three";
import type { PlannedCharacter, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { PieceKind } from "#domain/screenplay/plan/plan-words.ts";
import { shownInstrument } from "#domain/screenplay/plan/instrument-words.ts";
import { buildProp } from "../scene/props.ts";
import { carWheel, steering } from "./motions/seat.ts";
import { drivenCar } from "./driven-car.ts";
import { drumKit, holdSticks } from "./drum-kit.ts";
import { holdCello, holdGuitar, holdViolin, pianoWithBench } from "./instruments.ts";
import { grabAt } from "#domain/screenplay/plan/deed-moments.ts";
import type { Bones } from "./skeleton.ts";
import type { Act, Track } from "./track.ts";

/** A piece of the set that somebody picks up, and where it is: where it was put, then in the hand. */
export type HeldPiece = { id: string; at: THREE.Matrix4 };

/** What somebody holds, wears on the back or works at; it follows their bones. */
type HeldThings = {
  update(seconds: number): void;
  /** They must be posed for that moment. */
  pieceAt(seconds: number): HeldPiece | null;
};

type Holding = {
  bone: "rightHand" | "upperChest";
  /** Where the hand grips, from the bone. */
  grip: readonly [number, number, number];
  /** Where the thing's own origin is from there. */
  at: readonly [number, number, number];
  turn: readonly [number, number, number];
  /** It hangs straight down, or stays upright, however the hand is turned. */
  upright?: boolean;
};

/** @returns when what a deed is about is in the hand */
export const takenAt = (picks: Act) => picks.from + grabAt(picks.to - picks.from);

/** @param lies  where a thing lies that is still to be picked up, in the set */
export function holdThings(
  person: PlannedCharacter,
  plan: ScenePlan,
  object: THREE.Group,
  bones: Bones,
  track: Track,
  lies: () => readonly [number, number, number] | null,
): HeldThings {
  const updates: ((seconds: number) => void)[] = [];
  const act = (motion: Act["motion"]) => track.acts.find((one) => one.motion === motion);
  const seated = person.seat > 0;
  const at = (
    thing: THREE.Object3D,
    place: readonly [number, number, number],
    turn: readonly [number, number, number],
  ) => {
    thing.position.set(...place);
    thing.rotation.set(...turn);
    object.add(thing);
  };
  const plays = act("play");
  const instrument = shownInstrument(plan);
  if (plays !== undefined && instrument === "bowed" && seated) updates.push(holdCello(object, bones));
  if (plays !== undefined && instrument === "bowed" && !seated) updates.push(holdViolin(object, bones));
  if (plays !== undefined && instrument === "guitar") updates.push(holdGuitar(object, bones));
  if (plays !== undefined && instrument === "piano") {
    const piano = pianoWithBench(plays.seat > 0 ? plays.seat : pianoSeat);
    piano.scale.setScalar(1 / object.scale.x);
    object.add(piano);
  }
  if (plays !== undefined && instrument === "drums") {
    const kit = drumKit(plays.seat > 0 ? plays.seat : stoolHeight);
    kit.scale.setScalar(1 / object.scale.x);
    object.add(kit);
    updates.push(holdSticks(object, bones));
  }
  if (act("hold") !== undefined && (plan.dressing.includes("wheel") || plan.place === "ship-deck"))
    at(buildProp("wheel"), [0, 0, 0.46], [0, 0, 0]);
  const drives = act("drive");
  if (drives !== undefined) {
    const wheel = steeringWheel();
    wheel.position.set(0, drives.seat / object.scale.x + carWheel.up, carWheel.ahead);
    const car = drivenCar(plan);
    // The car is as large as it is, whoever drives it.
    car.scale.setScalar(1 / object.scale.x);
    object.add(wheel, car);
    const rim = wheel.children[0]!;
    updates.push((seconds) => (rim.rotation.y = -steering(seconds, 0)));
  }
  const picks = act("pick-up");
  const piece =
    picks?.towards?.kind === "piece"
      ? plan.pieces.find(({ id }) => id === (picks.towards as { id: string }).id)
      : undefined;
  const kind = person.carries;
  if (kind === "cello-case" && seated) at(buildProp(kind), [0, 0.02, 0.42], [-0.22, 0, 0.05]);
  else if (kind !== null && plays === undefined) {
    const prop = buildProp(kind);
    // From below one sees an umbrella from inside.
    if (kind === "umbrella") showInside(prop);
    const holding = holdingOf(kind);
    bones[holding.bone].add(prop);
    updates.push((seconds) => {
      const lying = picks !== undefined && piece === undefined && seconds < takenAt(picks) ? lies() : null;
      const world = lying === null ? heldMatrix(holding, bones, object) : lyingMatrix(lying, object);
      world.premultiply(new THREE.Matrix4().copy(bones[holding.bone].matrixWorld).invert());
      world.decompose(prop.position, prop.quaternion, prop.scale);
    });
  }
  return {
    update: (seconds) => updates.forEach((update) => update(seconds)),
    pieceAt(seconds) {
      if (picks === undefined || piece === undefined) return null;
      const turn = new THREE.Quaternion().setFromEuler(new THREE.Euler(0, (piece.facing * Math.PI) / 180, 0));
      const world =
        seconds < takenAt(picks)
          ? new THREE.Matrix4().compose(new THREE.Vector3(...piece.at), turn, new THREE.Vector3(1, 1, 1))
          : heldMatrix(holdingOf(piece.kind), bones, object);
      return { id: piece.id, at: world.multiply(new THREE.Matrix4().makeScale(piece.scale, piece.scale, piece.scale)) };
    },
  };
}

function showInside(thing: THREE.Object3D): void {
  thing.traverse((object) => {
    if (!(object instanceof THREE.Mesh)) return;
    const geometry = (object as THREE.Mesh).geometry;
    const corners = geometry.index;
    if (corners !== null) geometry.setIndex([...corners.array, ...[...corners.array].reverse()]);
  });
}

function lyingMatrix(spot: readonly [number, number, number], object: THREE.Group): THREE.Matrix4 {
  const turn = new THREE.Quaternion().setFromEuler(new THREE.Euler(0, object.rotation.y, 0));
  return new THREE.Matrix4().compose(new THREE.Vector3(...spot), turn, new THREE.Vector3(1, 1, 1));
}

/** A thing in the hand as it is in the set: as large as it is, whoever holds it. */
function heldMatrix(holding: Holding, bones: Bones, object: THREE.Group): THREE.Matrix4 {
  const bone = bones[holding.bone];
  bone.updateWorldMatrix(true, false);
  const [place, turn, scale] = [new THREE.Vector3(), new THREE.Quaternion(), new THREE.Vector3()];
  bone.matrixWorld.decompose(place, turn, scale);
  const grip = new THREE.Vector3(...holding.grip).applyMatrix4(bone.matrixWorld);
  if (holding.upright === true) turn.setFromEuler(new THREE.Euler(0, object.rotation.y, 0));
  turn.multiply(new THREE.Quaternion().setFromEuler(new THREE.Euler(...holding.turn)));
  grip.add(new THREE.Vector3(...holding.at).applyQuaternion(turn));
  return new THREE.Matrix4().compose(grip, turn, new THREE.Vector3(1, 1, 1));
}

/** Of a piano and drums that somebody stands at: they have their seat nevertheless. */
const pianoSeat = 0.5;
const stoolHeight = 0.5;

const fist = [0, -0.08, 0.025] as const;

/** How each thing is held. */
function holdingOf(kind: PieceKind): Holding {
  const hand = { bone: "rightHand", grip: fist } as const;
  switch (kind) {
    case "cello-case":
      return { bone: "upperChest", grip: [0.02, -0.9, -0.27], at: [0, 0, 0], turn: [0.06, 0, 0.12] };
    case "umbrella":
      return { ...hand, at: [0, -0.1, 0], turn: [0.1, 0, 0], upright: true };
    case "suitcase":
      return { ...hand, at: [0, -0.47, 0], turn: [0, 0, 0], upright: true };
    case "lantern":
      return { ...hand, at: [0, -0.31, 0], turn: [0, 0, 0], upright: true };
    case "letter":
    case "phone":
    case "book":
      // Flat things are held so that they can be read.
      return { ...hand, at: [0.03, 0.02, 0.05], turn: [-0.9, 0, 0], upright: true };
    case "bottle":
      return { ...hand, at: [0, -0.1, 0.02], turn: [0, 0, 0], upright: true };
    case "cup":
    case "flower":
      return { ...hand, at: [0, -0.04, 0.04], turn: [0, 0, 0], upright: true };
    case "knife":
      return { ...hand, at: [0, -0.02, 0.09], turn: [0.3, 0, 0] };
    default:
      return { ...hand, at: [0, -0.06, 0.05], turn: [0, 0, 0], upright: true };
  }
}

function steeringWheel(): THREE.Group {
  const wheel = new THREE.Group();
  const rim = new THREE.Group();
  const black = new THREE.MeshLambertMaterial({ color: "#17181a" });
  rim.add(new THREE.Mesh(new THREE.TorusGeometry(carWheel.radius, 0.014, 8, 28).rotateX(Math.PI / 2), black));
  rim.add(new THREE.Mesh(new THREE.CylinderGeometry(0.05, 0.05, 0.03, 14), black));
  for (const turn of [0, 1]) {
    const spoke = new THREE.Mesh(new THREE.BoxGeometry(carWheel.radius * 2, 0.012, 0.03), black);
    spoke.rotation.y = turn === 0 ? 0.25 : -0.25;
    rim.add(spoke);
  }
  wheel.add(rim);
  wheel.rotation.x = carWheel.tilt - Math.PI / 2;
  return wheel;
}

/** Takes what people pick up along in their hands. They must be posed for that moment. */
export function carryPieces(
  characters: readonly { heldPiece(seconds: number): HeldPiece | null }[],
  pieces: ReadonlyMap<string, THREE.Object3D>,
  seconds: number,
): void {
  for (const character of characters) {
    const held = character.heldPiece(seconds);
    const object = held === null ? undefined : pieces.get(held.id);
    if (held !== null && object !== undefined) held.at.decompose(object.position, object.quaternion, object.scale);
  }
}
