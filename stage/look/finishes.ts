import * as THREE from "three";
import type { Tier } from "#domain/jobs/tiers.ts";
import { mirrorsOnly } from "./environment-light.ts";
import { noiseGlsl, noiseTexture } from "./noise.ts";

/** What a surface is made of, as far as light can tell. */
export const finishes = ["clay", "wood", "gloss", "metal", "wet", "glow", "glass", "shell"] as const;
export type Finish = (typeof finishes)[number];

/** What the weather does to everything under the open sky. */
export type Weathering = "dry" | "wet" | "snowed";

export type SurfaceOptions = { tier?: Tier; weathering?: Weathering };

/** Every finish is one material, which has its name; the colours are in the vertices. */
export function materialOf(finish: Finish, options: SurfaceOptions = {}): THREE.Material {
  const material = made(finish, options);
  material.name = finish;
  return material;
}

function made(finish: Finish, { tier = "draft", weathering = "dry" }: SurfaceOptions): THREE.Material {
  if (finish === "glow") return new THREE.MeshBasicMaterial({ vertexColors: true, fog: true, toneMapped: false });
  if (finish === "glass") {
    const { opacity, roughness, metalness } = clear;
    return mirroring(standard(roughness, metalness, { transparent: true, opacity, depthWrite: false }));
  }
  const material = plain(finish, tier);
  const detailed = tier !== "draft" && finish !== "gloss" && finish !== "metal";
  if (detailed || weathering !== "dry") dressSurface(material, finish, detailed, weathering);
  else mirroring(material);
  return material;
}

/** What is lit by the nine numbers only mirrors the picture all round. */
export function mirroring<M extends THREE.Material>(material: M): M {
  material.onBeforeCompile = mirrorsOnly;
  material.customProgramCacheKey = () => "mirrors";
  return material;
}

function plain(finish: Finish, tier: Tier): THREE.MeshStandardMaterial | THREE.MeshLambertMaterial {
  switch (finish) {
    case "gloss":
    case "metal":
    case "wet": {
      const { roughness, metalness } = shining[finish];
      return standard(roughness, metalness);
    }
    default:
      // Without gloss there is little that Lambert does not show, at half the price.
      return tier === "fine"
        ? standard(finish === "wood" ? 0.68 : 0.9)
        : new THREE.MeshLambertMaterial({ vertexColors: true });
  }
}

/** What shines, as numbers of light. */
const shining = {
  gloss: { roughness: 0.28, metalness: 0 },
  metal: { roughness: 0.42, metalness: 0.35 },
  wet: { roughness: 0.22, metalness: 0.05 },
} as const;

const clear = { roughness: 0.12, metalness: 0, opacity: 0.28 } as const;

/** @returns the finish that a material's name says, null when it says none */
export function namedFinish({ name }: { name: string }): Finish | null {
  return finishes.find((finish) => finish === name) ?? null;
}

/** @returns the finish by name; in a file of a program that keeps no names, or of an older package, by the numbers */
export function finishOf(material: THREE.Material): Finish {
  const named = namedFinish(material);
  if (named !== null || !(material instanceof THREE.MeshStandardMaterial)) return named ?? "clay";
  const { roughness, metalness, transparent, opacity } = material;
  return finishLike({ roughness, metalness, opacity: transparent ? opacity : 1 });
}

/** The finish of a surface of which only the numbers are left; all that does not shine is as clay. */
export function finishLike(of: { roughness: number; metalness: number; opacity: number }): Finish {
  const near = (a: number, b: number) => Math.abs(a - b) < 0.01;
  const alike = ({ roughness, metalness }: { roughness: number; metalness: number }) =>
    near(roughness, of.roughness) && near(metalness, of.metalness);
  if (of.opacity < 1) return alike(clear) && near(clear.opacity, of.opacity) ? "glass" : "clay";
  for (const finish of ["gloss", "metal", "wet"] as const) if (alike(shining[finish])) return finish;
  return "clay";
}

function standard(roughness: number, metalness = 0, extra: THREE.MeshStandardMaterialParameters = {}) {
  return new THREE.MeshStandardMaterial({ vertexColors: true, roughness, metalness, ...extra });
}

/** How far a surface is from even: brick, earth and plaster more than sawn wood. */
const uneven: Partial<Record<Finish, number>> = { clay: 0.36, shell: 0.34, wood: 0.3, wet: 0.42 };

/**
 * Stains and grain from noise laid over the world, and on what looks up the snow or the wet of the weather. The same
 * spot of the set looks the same in every shot.
 */
function dressSurface(
  material: THREE.MeshStandardMaterial | THREE.MeshLambertMaterial,
  finish: Finish,
  detailed: boolean,
  weathering: Weathering,
): void {
  const amount = detailed ? (uneven[finish] ?? 0.2) : 0;
  // Noise is two looks into a texture for every point: only what shows it pays for it.
  const noisy = detailed || weathering === "snowed";
  const weathered = {
    dry: "",
    // Wet stone is darker than dry.
    wet: `diffuseColor.rgb *= 1.0 - 0.32 * smoothstep(0.3, 0.9, surfaceUp.y);`,
    snowed: `diffuseColor.rgb = mix(diffuseColor.rgb, vec3(0.68, 0.73, 0.81), 0.94 * smoothstep(0.38, 0.74, surfaceUp.y + (surfaceNoise - 0.5) * 0.45));`,
  }[weathering];
  material.onBeforeCompile = (shader) => {
    mirrorsOnly(shader);
    shader.uniforms["noiseMap"] = { value: noiseTexture() };
    shader.vertexShader = shader.vertexShader
      .replace("void main() {", "varying vec3 surfaceAt; varying vec3 surfaceUp;\nvoid main() {")
      .replace(
        "#include <begin_vertex>",
        /* glsl */ `#include <begin_vertex>
        mat4 surfaceMatrix = modelMatrix;
        #ifdef USE_INSTANCING
          surfaceMatrix = surfaceMatrix * instanceMatrix;
        #endif
        surfaceAt = (surfaceMatrix * vec4(position, 1.0)).xyz;
        surfaceUp = normalize(mat3(surfaceMatrix) * normal);`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace("void main() {", `varying vec3 surfaceAt; varying vec3 surfaceUp;\n${noiseGlsl}\nvoid main() {`)
      .replace(
        "#include <color_fragment>",
        /* glsl */ `#include <color_fragment>
        ${noisy ? stains(finish, amount) : ""}
        ${weathered}`,
      );
    if (noisy && material instanceof THREE.MeshStandardMaterial)
      shader.fragmentShader = shader.fragmentShader.replace(
        "#include <roughnessmap_fragment>",
        // Puddles: where it is low it is smooth.
        /* glsl */ `#include <roughnessmap_fragment>
        roughnessFactor = clamp(roughnessFactor * (0.55 + surfaceNoise * 0.9), 0.05, 1.0);`,
      );
  };
  material.customProgramCacheKey = () => `surface ${finish} ${amount} ${weathering}`;
}

const stains = (finish: Finish, amount: number) => /* glsl */ `
  vec3 surfaceSide = abs(surfaceUp);
  vec2 surfaceUv = surfaceSide.y > 0.6 ? surfaceAt.xz : surfaceSide.x > 0.6 ? surfaceAt.zy : surfaceAt.xy;
  float surfaceNoise = noise2(surfaceUv * 0.8).r * 0.6 + noise2(surfaceUv * ${finish === "wood" ? "vec2(2.0, 9.0)" : "5.3"}).g * 0.4;
  diffuseColor.rgb *= 1.0 + ${amount.toFixed(2)} * (surfaceNoise - 0.52);`;
