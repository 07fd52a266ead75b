import * as THREE from "three";
import type { Tier } from "#domain/jobs/tiers.ts";
import { shownInstrument } from "#domain/screenplay/plan/instrument-words.ts";
import { deedsOf } from "#domain/screenplay/scene-plan.ts";
import type { Motion, PlannedPiece, PlannedProp, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildCharacter } from "../characters/character.ts";
import type { Character } from "../characters/character.ts";
import { isStripped } from "../characters/driven-car.ts";
import { carryPieces } from "../characters/held-things.ts";
import { buildCastLight, type CastLight } from "../look/cast-light.ts";
import { environmentTexture, mirrored } from "../look/environment-light.ts";
import type { Palette } from "../look/palette.ts";
import type { SurfaceOptions } from "../look/finishes.ts";
import { type BuiltSet, buildSet, weatheringOf } from "./built-set.ts";
import { type Crowd, buildCrowd } from "./crowd.ts";
import { free } from "./free.ts";
import { flashAt, strikesOf } from "./lightning.ts";
import { buildLightRig } from "./light-rig.ts";
import { buildPiece, buildProp, pieceSolid } from "./props.ts";
import { SetCache } from "./set-cache.ts";
import { setKeyOf } from "./set-key.ts";
import type { Slender } from "./slender.ts";
import { type Solid, placed } from "./solid.ts";

export { SetCache, setKeyOf };

export type BuiltScene = {
  scene: THREE.Scene;
  set: BuiltSet;
  /** Changed in place by {@link BuiltScene.apply}, like `pieces` and `lights`. */
  characters: Character[];
  /** What people have put into the set, by id. */
  pieces: Map<string, THREE.Object3D>;
  /** The lights that people have put up, by id. */
  lights: Map<string, THREE.Light>;
  palette: Palette;
  /** What stands in the way: the set's, then the pieces', then the crowd. */
  readonly solids: readonly Solid[];
  /** What of the set is too thin to stand in the way, but may cross a face. */
  readonly slender: readonly Slender[];
  /**
   * Brings everything to a time of the shot, and back to where the plan has it, whatever was done to it by hand; the
   * camera must be placed first, for the rain goes with it.
   */
  update(seconds: number, camera: THREE.Camera): void;
  /**
   * Takes over what changed of people, pieces, lights and grade without building the set anew.
   * @returns false when the plan plays in another set: then nothing has changed, and a scene must be built
   */
  apply(plan: ScenePlan): boolean;
  /** Frees everything; the set goes back to its cache, if it came from one. */
  dispose(): void;
};

export type SceneOptions = { tier?: Tier; sets?: SetCache };

/** Builds everything that a plan asks for: set, light, air, people and things. */
export function buildScene(plan: ScenePlan, options: SceneOptions = {}): BuiltScene {
  const tier = options.tier ?? "draft";
  const key = setKeyOf(plan, tier);
  const build = () => buildSet(plan, tier);
  const set = options.sets?.take(key, build) ?? build();
  set.grade(plan);
  const surface = { tier, weathering: weatheringOf(plan) };
  const scene = new THREE.Scene();
  const rig = buildLightRig(set.palette, set.lamps, tier);
  scene.add(set.group, rig.group);
  scene.fog = new THREE.FogExp2(0, 0);
  if (tier !== "draft") scene.environment = environmentTexture(plan);

  const characters: Character[] = [];
  let castLights: CastLight[] = [];
  const pieces = new Map<string, THREE.Object3D>();
  const things: THREE.Object3D[] = [];
  let crowd: Crowd | null = null;
  let solids: readonly Solid[] = set.solids;
  let strikes: readonly number[] = [];
  let before: ScenePlan | null = null;

  function apply(next: ScenePlan): boolean {
    if (setKeyOf(next, tier) !== key) return false;
    if (before !== null) set.grade(next);
    dressScene(scene, set.palette, next);
    rig.aim(next);
    if (differs(before, next, (one) => one.props)) {
      for (const thing of things.splice(0)) take(thing);
      things.push(...thingsOf(next, surface));
      for (const thing of things) scene.add(thing);
    }
    if (differs(before, next, (one) => one.pieces)) {
      place(next.pieces);
    }
    if (differs(before, next, standing)) {
      if (crowd !== null) take(crowd.object);
      const there = [...set.solids, ...next.pieces.flatMap(solidOf)];
      crowd = buildCrowd(next, there);
      if (crowd !== null) scene.add(crowd.object);
      solids = [...there, ...(crowd?.solids ?? [])];
    }
    if (differs(before, next, acting)) {
      for (const character of characters.splice(0)) take(character.object);
      characters.push(...next.cast.map((person, index) => buildCharacter(person, index, next)));
      castLights = characters.map(() => buildCastLight(next, set.palette, set.lamps));
      characters.forEach(({ object }, index) => {
        castLights[index]?.dress(object);
        scene.add(object);
      });
    }
    show(characters, next);
    strikes = strikesOf(next);
    before = next;
    return true;
  }

  /** Makes, moves and takes away pieces; one that only moves stays the same object. */
  function place(planned: readonly PlannedPiece[]): void {
    const known = new Map((before?.pieces ?? []).map((piece) => [piece.id, piece]));
    for (const [id, object] of pieces) {
      if (planned.some((piece) => piece.id === id && looksAs(piece, known.get(id)))) continue;
      take(object);
      pieces.delete(id);
    }
    for (const piece of planned) {
      const object = pieces.get(piece.id) ?? buildPiece(piece.kind, piece.colour, surface);
      object.name = `piece:${piece.id}`;
      putDown(object, piece);
      object.visible = !piece.hidden;
      pieces.set(piece.id, object);
      scene.add(object);
    }
  }

  apply(plan);
  return {
    scene,
    set,
    characters,
    pieces,
    lights: rig.lights,
    palette: set.palette,
    slender: set.slender,
    get solids() {
      return solids;
    },
    update(seconds, camera) {
      const flash = flashAt(strikes, seconds);
      set.update(seconds, camera, flash);
      rig.update(seconds, flash);
      crowd?.update(seconds);
      characters.forEach((character, index) => {
        character.update(seconds, characters);
        const { position, rotation } = character.object;
        const middle = position.clone().setY(position.y + 1.2);
        const facing = new THREE.Vector3(Math.sin(rotation.y), 0, Math.cos(rotation.y));
        castLights[index]?.update(middle, facing, camera, seconds);
      });
      for (const piece of before?.pieces ?? []) {
        const object = pieces.get(piece.id);
        if (object !== undefined) putDown(object, piece);
      }
      carryPieces(characters, pieces, seconds);
    },
    apply,
    dispose() {
      rig.dispose();
      set.group.removeFromParent();
      free(scene);
      scene.clear();
      if (options.sets === undefined) set.dispose();
      else options.sets.give(key, set);
    },
  };
}

function take(object: THREE.Object3D): void {
  object.removeFromParent();
  free(object);
}

/** Puts a piece where the plan has it, wherever a hand has left it. */
function putDown(object: THREE.Object3D, { at, facing, scale }: PlannedPiece): void {
  object.position.set(...at);
  object.rotation.set(0, (facing * Math.PI) / 180, 0);
  object.scale.setScalar(scale);
}

/** What the people of a plan are made from and act by. */
function acting(plan: ScenePlan): unknown[] {
  const { cast, lines, pieces, frames, fps, beatSeconds } = plan;
  const does = (motion: Motion) => cast.some((one) => deedsOf(one, plan).some((deed) => deed.motion === motion));
  return [
    ...[cast, lines, frames, fps, beatSeconds],
    // What somebody goes to or picks up may have moved.
    cast.some(({ deeds }) => deeds.length > 0) ? pieces : null,
    // What they hold and sit in goes by the music and by how near they are seen.
    does("play") ? shownInstrument(plan) : null,
    does("drive") ? isStripped(plan) : null,
  ];
}

/** What stands about, and what it stands clear of. */
const standing = ({ pieces, crowd, cast }: ScenePlan) => [
  pieces,
  crowd,
  crowd > 0 ? cast.map(({ at, to }) => [at, to]) : null,
];

function differs(before: ScenePlan | null, next: ScenePlan, part: (plan: ScenePlan) => unknown): boolean {
  return before === null || JSON.stringify(part(before)) !== JSON.stringify(part(next));
}

const looksAs = (piece: PlannedPiece, other: PlannedPiece | undefined) =>
  other !== undefined && piece.kind === other.kind && piece.colour === other.colour;

function solidOf(piece: PlannedPiece): Solid[] {
  const solid = piece.hidden ? null : pieceSolid(piece.kind);
  return solid === null ? [] : [placed(solid, piece.at, piece.facing, piece.scale)];
}

function dressScene(scene: THREE.Scene, palette: Palette, plan: ScenePlan): void {
  const fog = scene.fog as THREE.FogExp2;
  fog.color.copy(palette.fog.colour);
  fog.density = palette.fog.density;
  scene.environmentIntensity = mirrored(palette);
  if (plan.interior) scene.background = palette.skyHorizon.clone().multiplyScalar(0.05);
}

function thingsOf(plan: ScenePlan, surface: SurfaceOptions): THREE.Object3D[] {
  return plan.props.flatMap((planned: PlannedProp, index) => {
    // The lounge has its clock on the wall.
    if (planned.kind === "clock" && plan.place === "ferry-lounge") return [];
    const prop = buildProp(planned.kind, surface);
    prop.name = `prop:${index}`;
    prop.position.set(...planned.at);
    prop.rotation.y = (planned.facing * Math.PI) / 180;
    return [prop];
  });
}

/** Nobody sees themselves through their own eyes, and who is off screen is only looked at. */
function show(characters: readonly Character[], plan: ScenePlan): void {
  const { framing, subject } = plan.camera;
  const seer = framing === "pov" && subject.kind === "character" ? subject.index : -1;
  characters.forEach((character, index) => {
    character.object.visible = index !== seer && plan.cast[index]?.offScreen !== true;
  });
}
