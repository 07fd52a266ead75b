/** Work light: a set at night, seen as plainly as in a workshop. The lights themselves stay; they are only lent another colour. */
import * as THREE from "three";

const hidden = ["sky", "weather", "glows"];
const backdrop = new THREE.Color(0x37383a);

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
    if (object instanceof THREE.LightProbe) {
      lend(object, "sh", evenLight);
      lend(object, "intensity", 1);
    } else if (object instanceof THREE.HemisphereLight) {
      lend(object, "color", new THREE.Color(0.95, 0.97, 1));
      lend(object, "groundColor", new THREE.Color(0.42, 0.41, 0.4));
      lend(object, "intensity", 2);
    } else if (object instanceof THREE.DirectionalLight) {
      lend(object, "color", new THREE.Color(1, 0.98, 0.95));
      lend(object, "intensity", object.castShadow ? 1.7 : 0.3);
    } else if (object instanceof THREE.PointLight || object instanceof THREE.SpotLight) {
      lend(object, "intensity", object.intensity * 0.03);
    }
  });
  lend(scene, "background", backdrop);
  lend(scene, "fog", new THREE.FogExp2(backdrop, 0.011));
  return () => {
    for (const back of undo.reverse()) back();
  };
}

/** From above a little more than from below. */
const evenLight = new THREE.SphericalHarmonics3();
evenLight.coefficients[0]!.setScalar(4.3);
evenLight.coefficients[1]!.setScalar(1.1);
