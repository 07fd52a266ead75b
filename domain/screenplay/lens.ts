/**
 * Lenses in mm on the gate of a super-35 camera at 16:9, 24.9 by 14 mm, as film crews mean them; a full-frame lens of
 * the same number sees about a third more. Fields of view are vertical, in radians.
 */
export const gate = { width: 24.9, height: 14 } as const;

export const fovOf = (lensMm: number) => 2 * Math.atan(gate.height / 2 / lensMm);
export const lensOf = (fov: number) => gate.height / 2 / Math.tan(fov / 2);
