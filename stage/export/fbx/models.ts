import type { FbxPose } from "./curves.ts";
import { choice, type FbxObjects, properties, property, whole } from "./objects.ts";
import { double, record } from "./records.ts";

/** A scale goes on to what hangs below, as in a product of matrices. */
const inheritsAll = 1;
/** How large a joint is drawn, centimetres. */
const jointSize = 3;

/**
 * Puts something that has a place into the file, below a parent.
 * @param pose  where it is while nothing moves it, in its parent's frame
 * @returns its number
 */
export function addModel(
  objects: FbxObjects,
  type: "Null" | "LimbNode" | "Mesh",
  name: string,
  pose: FbxPose,
  parent: bigint,
): bigint {
  const lcl = (what: string, [x, y, z]: readonly number[]) =>
    property(`Lcl ${what}`, `Lcl ${what}`, "", "A", double(x!), double(y!), double(z!));
  const model = objects.add("Model", name, type, [
    record("Version", [232]),
    properties([
      ...[choice("InheritType", inheritsAll), whole("DefaultAttributeIndex", 0)],
      ...[lcl("Translation", pose.place), lcl("Rotation", pose.turn), lcl("Scaling", pose.scale)],
    ]),
    record("Shading", [true]),
    record("Culling", ["CullingOff"]),
  ]);
  objects.connect(model, parent);
  if (type === "Mesh") return model;
  const size = type === "LimbNode" ? [properties([property("Size", "double", "Number", "", double(jointSize))])] : [];
  const attribute = objects.add("NodeAttribute", name, type, [
    ...size,
    record("TypeFlags", [type === "LimbNode" ? "Skeleton" : "Null"]),
  ]);
  objects.connect(attribute, model);
  return model;
}
