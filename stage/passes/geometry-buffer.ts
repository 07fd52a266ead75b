import * as THREE from "three";
import { type IdTable, setId, skyId } from "./id-colours.ts";

/**
 * What of a scene is where in the picture, drawn once for all passes that show it: the normal (view space, y up, z to
 * the camera), whose it is, and how far away. Light, air, weather and glass are not in it.
 */
export type GeometryBuffer = {
  normals: THREE.Texture;
  /** Red: the id, see {@link IdTable}; green, blue and alpha: the distance along the axis as a share of `depthScale`. */
  things: THREE.Texture;
  draw(scene: THREE.Scene, camera: THREE.Camera): void;
  /** @returns id and distance (metres, Infinity = sky) at a pixel; rows from below. Valid for the last picture. */
  at(x: number, y: number): { id: number; depth: number };
  dispose(): void;
};

/** Farther away nothing is drawn, metres. */
export const depthScale = 512;

export const unpackGlsl = /* glsl */ `
  float depthOf(vec4 thing) { return dot(thing.gba, vec3(1.0, 1.0 / 255.0, 1.0 / 65025.0)) * ${depthScale.toFixed(1)}; }
  int idOf(vec4 thing) { return int(thing.r * 255.0 + 0.5); }
`;

const vertexShader = /* glsl */ `
  #include <common>
  #include <batching_pars_vertex>
  #include <skinning_pars_vertex>
  varying vec3 turned; varying float away;
  void main() {
    #include <beginnormal_vertex>
    #include <skinbase_vertex>
    #include <skinnormal_vertex>
    #include <defaultnormal_vertex>
    #include <begin_vertex>
    #include <skinning_vertex>
    #include <project_vertex>
    turned = transformedNormal; away = -mvPosition.z;
  }`;

const fragmentShader = /* glsl */ `
  layout(location = 0) out vec4 normalOut; layout(location = 1) out vec4 thingOut;
  uniform float id; varying vec3 turned; varying float away;
  void main() {
    vec3 n = normalize(turned);
    #ifdef DOUBLE_SIDED
      if (!gl_FrontFacing) n = -n;
    #endif
    normalOut = vec4(n * 0.5 + 0.5, 1.0);
    vec3 p = fract(clamp(away / ${depthScale.toFixed(1)}, 0.0, 0.999999) * vec3(1.0, 255.0, 65025.0));
    p -= p.yzz * vec3(1.0 / 255.0, 1.0 / 255.0, 0.0);
    thingOut = vec4(id / 255.0, p);
  }`;

export function buildGeometryBuffer(
  renderer: THREE.WebGLRenderer,
  ids: IdTable,
  width: number,
  height: number,
): GeometryBuffer {
  const target = new THREE.WebGLRenderTarget(width, height, {
    count: 2,
    minFilter: THREE.NearestFilter,
    magFilter: THREE.NearestFilter,
    generateMipmaps: false,
  });
  const materials = new Map<string, THREE.ShaderMaterial>();
  const materialFor = (id: number, side: THREE.Side): THREE.ShaderMaterial => {
    const key = `${id} ${side}`;
    const known = materials.get(key);
    if (known !== undefined) return known;
    const made = new THREE.ShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: { id: { value: id } },
      side,
      // Nothing is mixed: an id and a distance are exact.
      blending: THREE.NoBlending,
    });
    materials.set(key, made);
    return made;
  };
  let read: Uint8Array | null = null;

  return {
    normals: target.textures[0]!,
    things: target.textures[1]!,
    draw(scene, camera) {
      read = null;
      const restore = undress(scene, ids, materialFor);
      const clear = renderer.getClearColor(new THREE.Color()).clone();
      const alpha = renderer.getClearAlpha();
      const { autoUpdate } = renderer.shadowMap;
      try {
        renderer.shadowMap.autoUpdate = false;
        renderer.setClearColor(0, 0);
        renderer.setRenderTarget(target);
        renderer.clear();
        renderer.render(scene, camera);
      } finally {
        renderer.setClearColor(clear, alpha);
        renderer.shadowMap.autoUpdate = autoUpdate;
        renderer.setRenderTarget(null);
        restore();
      }
    },
    at(x, y) {
      if (read === null) {
        read = new Uint8Array(width * height * 4);
        renderer.readRenderTargetPixels(target, 0, 0, width, height, read, undefined, 1);
      }
      const [column, row] = [clamp(x, width), clamp(y, height)];
      const [id = 0, g = 0, b = 0, a = 0] = read.subarray((row * width + column) * 4);
      const share = g / 255 + b / 255 / 255 + a / 255 / 65025;
      return { id, depth: id === skyId ? Infinity : share * depthScale };
    },
    dispose() {
      target.dispose();
      for (const material of materials.values()) material.dispose();
    },
  };
}

const clamp = (n: number, size: number) => Math.min(size - 1, Math.max(0, Math.floor(n)));

const shown = { scene: { background: null, fog: null } } as const;

/** Has everything of a scene show what and where it is, and hides what is only light. @returns what undoes it */
function undress(
  scene: THREE.Scene,
  ids: IdTable,
  materialFor: (id: number, side: THREE.Side) => THREE.Material,
): () => void {
  const worn: [THREE.Mesh, THREE.Material | THREE.Material[]][] = [];
  const hidden: THREE.Object3D[] = [];
  const { background, fog } = scene;
  scene.background = shown.scene.background;
  scene.fog = shown.scene.fog;
  const visit = (object: THREE.Object3D, id: number) => {
    if (!object.visible) return;
    if (isAir(object)) {
      object.visible = false;
      hidden.push(object);
      return;
    }
    const own = ids.numberOf(object.name) ?? id;
    if (object instanceof THREE.Mesh) {
      const mesh = object as THREE.Mesh;
      const [first] = [mesh.material].flat();
      worn.push([mesh, mesh.material]);
      mesh.material = materialFor(own, first?.side ?? THREE.FrontSide);
    }
    for (const child of object.children) visit(child, own);
  };
  visit(scene, setId);
  return () => {
    for (const [mesh, material] of worn) mesh.material = material;
    for (const object of hidden) object.visible = true;
    scene.background = background;
    scene.fog = fog;
  };
}

const airNames: ReadonlySet<string> = new Set(["sky", "weather", "glows", "flames"]);

/** What has no surface of its own: sky, weather, the shine of lamps, glass. */
function isAir(object: THREE.Object3D): boolean {
  if (airNames.has(object.name) || object instanceof THREE.Sprite || object instanceof THREE.Points) return true;
  if (!(object instanceof THREE.Mesh || object instanceof THREE.Line)) return false;
  const materials = [(object as THREE.Mesh).material].flat();
  return object instanceof THREE.Line || materials.every((one) => one.transparent && !one.depthWrite);
}
