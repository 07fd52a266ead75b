import * as THREE from "three";
import { expect, test } from "vitest";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { aLamp } from "../scene/lamps.ts";
import { buildCastLight, lightAt } from "./cast-light.ts";
import { paletteOf } from "./palette.ts";

const plan = planScene({
  heading: "EXT. STREET - NIGHT",
  setting: "ext",
  location: "STREET",
  time: "NIGHT",
  action: "",
  dialogue: [],
  characters: [],
  shotType: "wide",
  move: "",
  durationFrames: 1,
  fps: { num: 24, den: 1 },
  seed: 1,
  sceneKey: "street",
});
const palette = paletteOf(plan);
const lamp = aLamp({ at: [4, 3, 0], colour: "#ff2020", power: 40, reach: 14 });
const here = new THREE.Vector3(0, 1.2, 0);

test("a meter beside a lamp shows more light, from its side, in its colour but never all of it", () => {
  const without = lightAt(here, palette, [], 0);
  const beside = lightAt(here, palette, [lamp], 0);
  expect(beside.power).toBeGreaterThan(without.power);
  expect(beside.from.x).toBeGreaterThan(without.from.x);
  expect(beside.colour.r).toBeGreaterThan(beside.colour.g);
  expect(beside.colour.g).toBeGreaterThan(0.4);
  expect(beside.from.y).toBe(0);
  const far = lightAt(new THREE.Vector3(-40, 1.2, 0), palette, [lamp], 0);
  expect(far.power).toBeCloseTo(without.power);
});

/** Compiles a dressed material as the renderer would. @returns its uniforms */
function compiled(material: THREE.Material): Record<string, THREE.IUniform> {
  const shader = {
    uniforms: {} as Record<string, THREE.IUniform>,
    vertexShader: "void main() {}",
    fragmentShader: "void main() {\n#include <lights_fragment_end>\n}",
  };
  material.onBeforeCompile(shader as unknown as THREE.WebGLProgramParametersWithUniforms, null as never);
  expect(shader.fragmentShader).toContain("castKey");
  return shader.uniforms;
}

test("the key comes from before and above on the side that a face sees, the rim from behind, wherever the camera is", () => {
  const material = new THREE.MeshStandardMaterial();
  const person = new THREE.Mesh(new THREE.BoxGeometry(), material);
  const light = buildCastLight(plan, palette, [lamp]);
  light.dress(person);
  const uniforms = compiled(material);
  const camera = new THREE.PerspectiveCamera();
  for (const angle of [0, 1, 2, 3, 4, 5, 6]) {
    camera.position.set(Math.sin(angle) * 5, 1.5, Math.cos(angle) * 5);
    camera.lookAt(here);
    camera.updateMatrixWorld(true);
    for (const turn of [-1.2, 1.2]) {
      const facing = new THREE.Vector3(Math.sin(angle + turn), 0, Math.cos(angle + turn));
      light.update(here, facing, camera, 0);
      const key = uniforms["castKeyFrom"]!.value as THREE.Vector3;
      const rim = uniforms["castRimFrom"]!.value as THREE.Vector3;
      // In the camera's own frame: z towards it, y up, x to the right.
      expect(key.z).toBeGreaterThan(0.2);
      expect(key.y).toBeGreaterThan(0.2);
      expect(rim.z).toBeLessThan(-0.2);
      expect(Math.sign(key.x)).toBe(Math.sign(turn));
      const strength = uniforms["castKey"]!.value as THREE.Color;
      expect(strength.r + strength.g + strength.b).toBeGreaterThan(1);
    }
  }
});
