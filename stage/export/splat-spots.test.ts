import * as THREE from "three";
import { expect, test } from "vitest";
import { spotsOn, type SplatView } from "./splat-spots.ts";

/** A surface as the export has it: with index, normals and colours. */
function surface(geometry: THREE.BufferGeometry, colour = "#808080"): THREE.Mesh {
  const count = geometry.getAttribute("position").count;
  const { r, g, b } = new THREE.Color(colour);
  const colours = Float32Array.from({ length: count * 3 }, (_, i) => [r, g, b][i % 3]!);
  geometry.setAttribute("color", new THREE.BufferAttribute(colours, 3));
  return new THREE.Mesh(geometry, new THREE.MeshStandardMaterial({ vertexColors: true }));
}
const view: SplatView = {
  eye: new THREE.Vector3(0, 1.6, 0),
  look: new THREE.Vector3(0, 1.6, -4),
  verticalFov: 30,
};
const spread = (meshes: THREE.Mesh[], count = 4000) => spotsOn({ meshes, lights: [] }, [view], count);
const floor = () => surface(new THREE.PlaneGeometry(60, 60).rotateX(-Math.PI / 2));

test("there are as many as were asked for, on the surface, the same ones every time", () => {
  const spots = spread([floor()]);
  expect(spots).toHaveLength(4000);
  expect(Math.max(...spots.map(({ at }) => Math.abs(at.y)))).toBeLessThan(1e-6);
  expect(spread([floor()])[123]!.at).toEqual(spots[123]!.at);
  expect(spots[0]!.albedo.r).toBeCloseTo(new THREE.Color("#808080").r, 5);
});

test("they lie denser where the film looks and where it is near, and say how far apart they are", () => {
  const spots = spread([floor()]);
  const around = (z: number) => spots.filter(({ at }) => Math.hypot(at.x, at.z - z) < 2);
  expect(around(-6).length).toBeGreaterThan(around(6).length * 2);
  expect(around(-6).length).toBeGreaterThan(around(-20).length * 2);
  const apart = (z: number) => around(z).reduce((sum, one) => sum + one.apart, 0) / around(z).length;
  expect(apart(-20)).toBeGreaterThan(apart(-6) * 1.5);
});

test("what shows the film its back gets few, and what is bare of surface none", () => {
  const [front, back] = [-4, -6].map((z, index) => {
    const wall = new THREE.PlaneGeometry(3, 3).rotateY(index * Math.PI);
    return surface(wall.translate(0, 1.6, z));
  });
  const spots = spread([front!, back!]);
  const on = (z: number) => spots.filter(({ at }) => Math.abs(at.z - z) < 0.1).length;
  expect(on(-4)).toBeGreaterThan(on(-6) * 5);
  expect(spread([])).toEqual([]);
});

test("they leave no holes: wherever one looks there is one no farther than its neighbours are", () => {
  const near = spread([floor()], 8000).filter(({ at }) => Math.hypot(at.x, at.z + 5) < 3);
  let [places, holes] = [0, 0];
  for (let x = -2; x < 2; x += 0.1)
    for (let z = -7; z < -3; z += 0.1) {
      places += 1;
      if (!near.some(({ at, apart }) => Math.hypot(at.x - x, at.z - z) < apart)) holes += 1;
    }
  expect(holes / places).toBeLessThan(0.01);
});
