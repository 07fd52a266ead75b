import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { FrameRate } from "#domain/time.ts";
import { type Character, buildCharacter } from "../characters/character.ts";
import { type BoneName, boneNames } from "../characters/skeleton.ts";

/** How one bone stands at each moment, in its parent's frame. */
export type BoneTrack = { turns: Float32Array; places: Float32Array; scales: Float32Array };

/** Everything one person does in a shot, sampled. */
export type PersonPerformance = {
  name: string;
  character: Character;
  mesh: THREE.SkinnedMesh;
  bones: Record<BoneName, THREE.Bone>;
  tracks: Record<BoneName, BoneTrack>;
  /** Of the whole person on the stage. */
  body: BoneTrack;
  /** What hangs on a bone or goes with the whole person: what they hold, play or drive. */
  things: { object: THREE.Object3D; track: BoneTrack }[];
};

export type Performance = {
  /** Seconds of each moment, from 0. */
  times: Float32Array;
  fps: FrameRate;
  people: PersonPerformance[];
};

/** Has the people of a plan act it out, one moment per frame. */
export function samplePerformance(plan: ScenePlan): Performance {
  const characters = plan.cast.map((person, index) => buildCharacter(person, index, plan));
  const times = Float32Array.from({ length: plan.frames }, (_, frame) => (frame * plan.fps.den) / plan.fps.num);
  const people = characters.map((character): PersonPerformance => {
    const mesh = character.object.children.find((child) => child instanceof THREE.SkinnedMesh) as THREE.SkinnedMesh;
    const bones = Object.fromEntries(
      boneNames.map((name) => [name, mesh.skeleton.bones.find((bone) => bone.name === name)!]),
    ) as Record<BoneName, THREE.Bone>;
    return {
      name: character.plan.name,
      character,
      mesh,
      bones,
      tracks: Object.fromEntries(boneNames.map((name) => [name, emptyTrack(times.length)])) as Record<
        BoneName,
        BoneTrack
      >,
      body: emptyTrack(times.length),
      things: thingsOf(character, mesh).map((object) => ({ object, track: emptyTrack(times.length) })),
    };
  });
  times.forEach((_, frame) => {
    const seconds = (frame * plan.fps.den) / plan.fps.num;
    for (const character of characters) character.update(seconds, characters);
    for (const { character, bones, tracks, body, things } of people) {
      record(body, frame, character.object);
      for (const { object, track } of things) record(track, frame, object);
      for (const name of boneNames) record(tracks[name], frame, bones[name]);
    }
  });
  return { times, fps: plan.fps, people };
}

function thingsOf({ object }: Character, body: THREE.SkinnedMesh): THREE.Object3D[] {
  const hanging = body.skeleton.bones.flatMap((bone) =>
    bone.children.filter((child) => !(child instanceof THREE.Bone)),
  );
  return [...object.children.filter((child) => child !== body), ...hanging];
}

function emptyTrack(moments: number): BoneTrack {
  return {
    turns: new Float32Array(moments * 4),
    places: new Float32Array(moments * 3),
    scales: new Float32Array(moments * 3),
  };
}

const before = new THREE.Quaternion();
const now = new THREE.Quaternion();

function record(track: BoneTrack, frame: number, object: THREE.Object3D): void {
  now.copy(object.quaternion).normalize();
  // The same turn has two signs; neighbours with the same one blend the short way.
  if (frame > 0 && before.fromArray(track.turns, (frame - 1) * 4).dot(now) < 0) now.set(-now.x, -now.y, -now.z, -now.w);
  now.toArray(track.turns, frame * 4);
  object.position.toArray(track.places, frame * 3);
  object.scale.toArray(track.scales, frame * 3);
}

/** Whether anything happens in a row of values of `size` numbers a moment. */
export function moves(values: Float32Array, size: number): boolean {
  for (let i = size; i < values.length; i += 1) if (Math.abs(values[i]! - values[i % size]!) > 1e-5) return true;
  return false;
}
