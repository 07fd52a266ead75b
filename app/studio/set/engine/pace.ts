import type * as THREE from "three";

/** Says in a corner how fast the set is drawn and how much there is in it. @returns call after each picture */
export function showPace(element: HTMLElement): (now: number, info: THREE.WebGLInfo["render"]) => void {
  const paced = { last: 0, each: 0, shown: 0 };
  return (now, { calls, triangles }) => {
    const passed = now - paced.last;
    paced.last = now;
    // Only of pictures that follow one another: a set at rest is not drawn.
    if (passed < 300) paced.each = paced.each === 0 ? passed : paced.each * 0.8 + passed * 0.2;
    if (now - paced.shown < 300) return;
    paced.shown = now;
    const rate = paced.each === 0 ? "" : `${Math.round(1000 / paced.each)} fps   `;
    element.textContent = `${rate}${Math.round(triangles / 1000)}k triangles   ${calls} draw calls`;
  };
}
