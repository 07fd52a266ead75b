import * as THREE from "three";

/** A practical light: what it lights, and the glow that says that it is lit. */
export type Lamp = {
  at: readonly [number, number, number];
  colour: THREE.ColorRepresentation;
  /** Luminous power, about 8 for a table lamp, 30 for a street lamp. */
  power: number;
  reach: number;
  on: boolean;
  /** Radius of the glow, metres; 0 for none. */
  glow: number;
  /** Height of a visible cone of light below the lamp in wet or misty air; 0 for none. */
  cone: number;
  flicker?: number;
};

export function aLamp(lamp: Partial<Lamp> & Pick<Lamp, "at">): Lamp {
  return { colour: "#ffb468", power: 18, reach: 14, on: true, glow: 0.5, cone: 0, ...lamp };
}

/** @returns how brightly a lamp burns at a time: 1, or less when it flickers */
export function steady(lamp: Pick<Lamp, "at" | "flicker">, seconds: number): number {
  const flicker = lamp.flicker ?? 0;
  if (flicker <= 0) return 1;
  const wave = Math.sin(seconds * 23 + lamp.at[2]) * Math.sin(seconds * 7.3 + lamp.at[0]) * Math.sin(seconds * 3.1);
  return 1 - flicker * Math.max(0, wave);
}

let glowTexture: THREE.Texture | undefined;
function glow(): THREE.Texture {
  if (glowTexture !== undefined) return glowTexture;
  const size = 64;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const d = Math.min(1, Math.hypot(x - 31.5, y - 31.5) / 31.5);
      const light = Math.pow(1 - d, 2.6);
      data.set([255, 255, 255, Math.round(light * 255)], (y * size + x) * 4);
    }
  }
  glowTexture = new THREE.DataTexture(data, size, size);
  glowTexture.magFilter = THREE.LinearFilter;
  glowTexture.minFilter = THREE.LinearFilter;
  glowTexture.needsUpdate = true;
  return glowTexture;
}

/** What says that lamps burn: their glow, and in wet or misty air the cone of their light. `air`: how misty, 0 to 1. */
export function buildGlows(lamps: readonly Lamp[], air: number): THREE.Group {
  const group = new THREE.Group();
  group.name = "glows";
  for (const lamp of lamps.filter(({ on }) => on)) {
    if (lamp.glow > 0) {
      const sprite = new THREE.Sprite(
        new THREE.SpriteMaterial({
          map: glow(),
          color: new THREE.Color(lamp.colour).multiplyScalar(0.9),
          transparent: true,
          blending: THREE.AdditiveBlending,
          depthWrite: false,
          opacity: 0.55 + air * 0.4,
          fog: true,
        }),
      );
      sprite.scale.setScalar(lamp.glow * (2.4 + air * 4));
      sprite.position.set(...lamp.at);
      group.add(sprite);
    }
    if (lamp.cone > 0 && air > 0.05) group.add(coneOf(lamp, air));
  }
  return group;
}

function coneOf(lamp: Lamp, air: number): THREE.Mesh {
  const mesh = coneOfLight(lamp.cone, lamp.cone * 0.52, new THREE.Color(lamp.colour).multiplyScalar(0.11 * air));
  mesh.position.set(...lamp.at);
  return mesh;
}

/** Light that one sees in the air: a cone that opens downwards from the origin, metres. Its `tint` may change. */
export function coneOfLight(
  tall: number,
  wide: number,
  tint: THREE.Color,
): THREE.Mesh<THREE.BufferGeometry, THREE.ShaderMaterial> {
  const geometry = new THREE.CylinderGeometry(0.12, wide, tall, 20, 1, true).translate(0, -tall / 2, 0);
  const material = new THREE.ShaderMaterial({
    transparent: true,
    depthWrite: false,
    blending: THREE.AdditiveBlending,
    side: THREE.DoubleSide,
    uniforms: { tint: { value: tint }, tall: { value: tall } },
    vertexShader: /* glsl */ `varying float down; varying vec3 n; varying vec3 v; uniform float tall;
      void main() { down = -position.y / tall; vec4 p = modelViewMatrix * vec4(position, 1.0); n = normalize(normalMatrix * normal); v = normalize(-p.xyz); gl_Position = projectionMatrix * p; }`,
    fragmentShader: /* glsl */ `varying float down; varying vec3 n; varying vec3 v; uniform vec3 tint;
      void main() { float edge = pow(abs(dot(normalize(n), normalize(v))), 1.8); gl_FragColor = vec4(tint * edge * max(1.0 - down, 0.0) * max(1.0 - down, 0.0), 1.0); }`,
  });
  const mesh = new THREE.Mesh(geometry, material);
  mesh.name = "glow";
  return mesh;
}

/** A soft additive glow on its own, e.g. for headlights or a lighthouse lamp. */
export function glowSprite(colour: THREE.ColorRepresentation, size: number, power = 1): THREE.Sprite {
  const sprite = new THREE.Sprite(
    new THREE.SpriteMaterial({
      map: glow(),
      color: new THREE.Color(colour).multiplyScalar(power),
      transparent: true,
      blending: THREE.AdditiveBlending,
      depthWrite: false,
    }),
  );
  sprite.scale.setScalar(size);
  return sprite;
}
