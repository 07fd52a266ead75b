import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { environmentPictures, pictureSize } from "./environment-pictures.ts";
import type { Palette } from "./palette.ts";

type PictureName = keyof typeof environmentPictures;

/** What lies all round a scene and is mirrored in what shines. */
function pictureFor(plan: Pick<ScenePlan, "interior" | "hour" | "weather" | "place">): PictureName {
  if (plan.interior) {
    if (plan.place === "car-deck" || plan.place === "cave" || plan.place === "theatre") return "warehouse";
    if (plan.place === "spaceship" || plan.place === "corridor") return "studio";
    return plan.hour === "day" || plan.hour === "dawn" ? "apartment" : "lobby";
  }
  if (plan.place === "forest") return "forest";
  const town = plan.place === "street" || plan.place === "alley" || plan.place === "rooftop" || plan.place === "market";
  if (plan.hour === "night") return town ? "night" : "city";
  if (plan.weather !== "clear") return "city";
  return { day: "sky", dusk: "sunset", dawn: "dawn" }[plan.hour] as PictureName;
}

type Decoded = { points: Float32Array; mean: number };
const decoded = new Map<PictureName, Decoded>();

/** Radiance all round, three numbers a point, and its mean brightness over the sphere. */
export function decodePicture(name: PictureName): Decoded {
  const known = decoded.get(name);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from(atob(environmentPictures[name]), (letter) => letter.charCodeAt(0));
  const points = new Float32Array((bytes.length / 4) * 3);
  let [sum, weights] = [0, 0];
  for (let i = 0; i < bytes.length / 4; i += 1) {
    const scale = 2 ** (bytes[i * 4 + 3]! - 128) / 255;
    for (let c = 0; c < 3; c += 1) points[i * 3 + c] = bytes[i * 4 + c]! * scale;
    const weight = Math.cos(latitude(Math.floor(i / pictureSize.width)));
    sum += brightness(points[i * 3]!, points[i * 3 + 1]!, points[i * 3 + 2]!) * weight;
    weights += weight;
  }
  const made = { points, mean: sum / weights };
  decoded.set(name, made);
  return made;
}

const latitude = (row: number) => ((row + 0.5) / pictureSize.height - 0.5) * Math.PI;
const brightness = (r: number, g: number, b: number) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
/** How much of a picture's own light and dark there is in the light all round, and of its own colour. */
const structure = 0.55;
const ownColour = 0.3;

/** How many times its own brightness the light from all round has in a picture: surfaces throw on what falls on them. */
export const allRound = 2.35;

/**
 * Takes the even light of the picture all round out of a surface: it is in the nine numbers, and a look into a cube of
 * pictures costs every point of the frame. What shines goes on mirroring it.
 */
export function mirrorsOnly(shader: { fragmentShader: string }): void {
  shader.fragmentShader = shader.fragmentShader.replace(
    "#include <lights_fragment_maps>",
    THREE.ShaderChunk.lights_fragment_maps.replace("iblIrradiance += getIBLIrradiance( geometryNormal );", ""),
  );
}

/**
 * Light from all round as nine numbers a colour: the sky and the ground of the palette, as bright and as dark here and
 * there as in the picture of such a place. It costs a surface less than two lights.
 */
export function ambientProbe(palette: Palette, plan: ScenePlan): THREE.SphericalHarmonics3 {
  const { points, mean } = decodePicture(pictureFor(plan));
  const harmonics = new THREE.SphericalHarmonics3();
  const basis = Array.from<number>({ length: 9 });
  const way = new THREE.Vector3();
  const light = new THREE.Color();
  const own = new THREE.Color();
  const cell = ((Math.PI / pictureSize.height) * (Math.PI * 2)) / pictureSize.width;
  for (let row = 0; row < pictureSize.height; row += 1) {
    const up = latitude(row);
    for (let column = 0; column < pictureSize.width; column += 1) {
      const round = ((column + 0.5) / pictureSize.width - 0.5) * Math.PI * 2;
      way.set(Math.cos(up) * Math.cos(round), Math.sin(up), Math.cos(up) * Math.sin(round));
      const i = (row * pictureSize.width + column) * 3;
      const bright = brightness(points[i]!, points[i + 1]!, points[i + 2]!);
      // A lamp in the picture lights, but does not make its side of the world white.
      const relative = Math.min(4, bright / mean);
      own.setRGB(points[i]!, points[i + 1]!, points[i + 2]!).multiplyScalar(1 / Math.max(1e-4, bright));
      light.copy(palette.fill.ground).lerp(palette.fill.sky, 0.5 + 0.5 * way.y);
      own.multiplyScalar(brightness(light.r, light.g, light.b));
      light.lerp(own, ownColour).multiplyScalar((1 - structure + structure * relative) * cell * Math.cos(up));
      THREE.SphericalHarmonics3.getBasisAt(way, basis);
      for (let k = 0; k < 9; k += 1)
        harmonics.coefficients[k]!.add(new THREE.Vector3(light.r, light.g, light.b).multiplyScalar(basis[k]!));
    }
  }
  // Light of the same brightness all round gives the same as a plain fill of that power.
  return harmonics.scale(palette.fill.power / Math.PI);
}

const textures = new Map<PictureName, THREE.DataTexture>();

/** The same picture for what shines to mirror; renderers make of it what they need, once each. */
export function environmentTexture(plan: ScenePlan): THREE.DataTexture {
  const name = pictureFor(plan);
  const known = textures.get(name);
  if (known !== undefined) return known;
  const { points, mean } = decodePicture(name);
  const { width, height } = pictureSize;
  const data = new Uint16Array(width * height * 4);
  const one = THREE.DataUtils.toHalfFloat(1);
  for (let i = 0; i < width * height; i += 1) {
    for (let c = 0; c < 3; c += 1)
      data[i * 4 + c] = THREE.DataUtils.toHalfFloat(Math.min(30, points[i * 3 + c]! / mean));
    data[i * 4 + 3] = one;
  }
  const texture = new THREE.DataTexture(data, width, height, THREE.RGBAFormat, THREE.HalfFloatType);
  texture.mapping = THREE.EquirectangularReflectionMapping;
  texture.colorSpace = THREE.LinearSRGBColorSpace;
  texture.minFilter = texture.magFilter = THREE.LinearFilter;
  texture.needsUpdate = true;
  textures.set(name, texture);
  return texture;
}

/** What shines mirrors as much light as falls on it from all round. */
export function mirrored({ fill: { sky, ground, power } }: Palette): number {
  const { r, g, b } = sky.clone().lerp(ground, 0.35);
  return power * (0.2126 * r + 0.7152 * g + 0.0722 * b) * 0.45;
}
