import * as THREE from "three";
import { boneNames } from "../characters/skeleton.ts";
import { toGlb } from "./glb.ts";
import { type BoneTrack, moves, type Performance } from "./performance.ts";
import { surfaceOf } from "./plain-scene.ts";

/** Bytes of a person's moment, about: the turns of 20 bones, three places, two scales, and their times. */
const bytesPerMoment = 510;
const mostAnimationBytes = 5_000_000;

/** Every how many frames a long performance of many people is written down, so that the file stays small. */
export function keyStride(people: number, frames: number): number {
  return Math.max(1, Math.ceil((people * frames * bytesPerMoment) / mostAnimationBytes));
}

/** Name of the one animation in the file: all people act in it. */
export const animationName = "performance";

/** The people of a plan as skinned models with what they do: one binary glTF file. */
export function characterGlb(performance: Performance): Promise<Uint8Array> {
  const scene = new THREE.Scene();
  scene.name = "people";
  scene.userData = { engine: "previz" };
  const stride = keyStride(performance.people.length, performance.times.length);
  const keep = (values: Float32Array, size: number) => everyNth(values, size, stride);
  const times = keep(performance.times, 1);
  const tracks: THREE.KeyframeTrack[] = [];
  for (const { name, character, mesh, bones, tracks: boneTracks, body, things } of performance.people) {
    // Only looked at from the film: nobody is meant to see them.
    if (character.plan.offScreen) continue;
    const { object } = character;
    object.name = name;
    mesh.name = `${name} body`;
    // A skinned mesh goes where its bones go, so it stands beside them.
    object.add(bones.hips);
    scene.add(object, mesh);
    makePlain(object);
    makePlain(mesh);
    tracks.push(...keyframes(object, thinned(body, keep), times));
    for (const bone of boneNames) tracks.push(...keyframes(bones[bone], thinned(boneTracks[bone], keep), times));
    for (const { object: thing, track } of things)
      // What only we can draw is gone by now.
      if (thing.parent !== null) tracks.push(...keyframes(thing, thinned(track, keep), times));
  }
  scene.updateMatrixWorld(true);
  const clips = tracks.length === 0 ? [] : [new THREE.AnimationClip(animationName, -1, tracks)];
  return toGlb(scene, clips);
}

/** The first of every `stride` moments, and the last. @param size  numbers a moment */
export function everyNth(values: Float32Array, size: number, stride: number): Float32Array {
  const moments = values.length / size;
  const kept = Array.from({ length: moments }, (_, at) => at).filter((at) => at % stride === 0 || at === moments - 1);
  return Float32Array.from(kept.flatMap((at) => [...values.subarray(at * size, (at + 1) * size)]));
}

function thinned(track: BoneTrack, keep: (values: Float32Array, size: number) => Float32Array): BoneTrack {
  return { turns: keep(track.turns, 4), places: keep(track.places, 3), scales: keep(track.scales, 3) };
}

/** Tracks of what moves; what stays as it is at the start is said by the model itself. */
function keyframes(object: THREE.Object3D, track: BoneTrack, times: Float32Array): THREE.KeyframeTrack[] {
  object.position.fromArray(track.places);
  object.quaternion.fromArray(track.turns);
  object.scale.fromArray(track.scales);
  // Named by their ids: several people have a bone of each name.
  const { uuid } = object;
  const out: THREE.KeyframeTrack[] = [];
  if (moves(track.turns, 4)) out.push(new THREE.QuaternionKeyframeTrack(`${uuid}.quaternion`, times, track.turns));
  if (moves(track.places, 3)) out.push(new THREE.VectorKeyframeTrack(`${uuid}.position`, times, track.places));
  if (moves(track.scales, 3)) out.push(new THREE.VectorKeyframeTrack(`${uuid}.scale`, times, track.scales));
  return out;
}

/** Materials and corners that any reader knows; what only our shaders draw is taken away. */
function makePlain(root: THREE.Object3D): void {
  const shown: THREE.Mesh[] = [];
  const gone: THREE.Object3D[] = [];
  root.traverse((object) => {
    if (object instanceof THREE.Sprite) gone.push(object);
    else if (object instanceof THREE.Mesh) shown.push(object as THREE.Mesh);
  });
  for (const mesh of shown) {
    const found = surfaceOf([mesh.material].flat()[0]!);
    if (found === null) {
      gone.push(mesh);
      continue;
    }
    const { surface, colour } = found;
    const look = { color: colour, vertexColors: mesh.geometry.hasAttribute("color"), side: surface.side };
    mesh.material = surface.lit
      ? new THREE.MeshStandardMaterial({ ...look, roughness: surface.roughness, metalness: surface.metalness })
      : new THREE.MeshBasicMaterial(look);
    clampColours(mesh.geometry);
    if (mesh instanceof THREE.SkinnedMesh) tidyWeights(mesh.geometry);
  }
  for (const object of gone) object.removeFromParent();
}

function clampColours(geometry: THREE.BufferGeometry): void {
  const colour = geometry.getAttribute("color") as THREE.BufferAttribute | undefined;
  if (colour === undefined) return;
  for (let i = 0; i < colour.array.length; i += 1) colour.array[i] = Math.min(1, Math.max(0, colour.array[i]!));
}

/** A corner's weights add up to one, and a bone without weight is bone 0: what the format asks. */
function tidyWeights(geometry: THREE.BufferGeometry): void {
  const index = geometry.getAttribute("skinIndex");
  const weight = geometry.getAttribute("skinWeight");
  for (let i = 0; i < weight.count; i += 1) {
    const parts = [0, 1, 2, 3].map((k) => weight.getComponent(i, k)).map((part) => (part < 1e-3 ? 0 : part));
    const sum = parts.reduce((a, b) => a + b, 0);
    parts.forEach((part, k) => {
      weight.setComponent(i, k, part / sum);
      if (part === 0) index.setComponent(i, k, 0);
    });
  }
}
