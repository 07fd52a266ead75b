/** Pictures of one shot from the same camera: what people see, and what guides a model. */
export const passNames = ["beauty", "depth", "normal", "edge", "ids", "pose", "clean"] as const;
export type PassName = (typeof passNames)[number];
