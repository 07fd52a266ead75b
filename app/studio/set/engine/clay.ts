/** Work light: a set at night, seen as plainly as in a workshop. The lights themselves stay; they are only lent another colour. */
import * as THREE from "three";

const hidden = ["sky", "weather", "glows"];
const backdrop = new THREE.Color(0x373737);

/** @returns gives everything back as it was */
export function lightAsClay(scene: THREE.Scene): () => void {
  const undo: (() => void)[] = [];
  const lend = <T extends object, K extends keyof T>(of: T, key: K, value: T[K]) => {
    const before = of[key];
    of[key] = value;
    undo.push(() => (of[key] = before));
  };
  scene.traverse((object) => {
    if (hidden.includes(object.name)) lend(object, "visible", false);
    if (object instanceof THREE.Mesh)
      for (const material of [object.material as THREE.Material | THREE.Material[]].flat()) {
        // Nothing glares in work light, wet as it may be.
        if (material instanceof THREE.MeshStandardMaterial && material.roughness < 1) lend(material, "roughness", 1);
        if (object.name === "water" && material instanceof THREE.ShaderMaterial) {
          const { tints } = material.uniforms;
          if (tints)
            lend(
              tints,
              "value",
              (tints.value as THREE.Color[]).map(() => unlit),
            );
          for (const [name, value] of Object.entries(stillWater)) {
            const uniform = material.uniforms[name];
            if (uniform) lend(uniform, "value", value);
          }
        }
      }
    if (object instanceof THREE.LightProbe) {
      lend(object, "sh", evenLight);
      lend(object, "intensity", 1);
    } else if (object instanceof THREE.HemisphereLight) {
      lend(object, "color", new THREE.Color(0.95, 0.97, 1));
      lend(object, "groundColor", new THREE.Color(0.42, 0.41, 0.4));
      lend(object, "intensity", 2);
    } else if (object instanceof THREE.DirectionalLight) {
      lend(object, "color", new THREE.Color(1, 0.98, 0.95));
      lend(object, "intensity", object.castShadow ? 2.3 : 0.25);
    } else if (object instanceof THREE.PointLight || object instanceof THREE.SpotLight) {
      lend(object, "intensity", object.intensity * 0.012);
    }
  });
  lend(scene, "background", backdrop);
  lend(scene, "fog", new THREE.FogExp2(backdrop, 0.011));
  return () => {
    for (const back of undo.reverse()) back();
  };
}

const unlit = new THREE.Color(0, 0, 0);
/** Sea and puddles, as plain as the floor. */
const stillWater = {
  deep: new THREE.Color(0.035, 0.035, 0.035),
  top: new THREE.Color(0.07, 0.07, 0.07),
  horizon: new THREE.Color(0.09, 0.09, 0.09),
  glow: new THREE.Color(0.05, 0.05, 0.05),
  sunPower: 0.2,
  fogColour: backdrop,
  fogDensity: 0.011,
};

/** From above a little more than from below. */
const evenLight = new THREE.SphericalHarmonics3();
evenLight.coefficients[0]!.setScalar(3.4);
evenLight.coefficients[1]!.setScalar(1.1);
