import { expect, test } from "vitest";
import { boneNames, boneTable, buildBones, vrmToMixamo } from "./skeleton.ts";

test("the skeleton has every bone that VRM requires of a humanoid, each under the one VRM puts it under", () => {
  const required = "hips spine head".split(" ");
  for (const side of ["left", "right"])
    for (const part of "UpperLeg LowerLeg Foot UpperArm LowerArm Hand".split(" ")) required.push(side + part);
  expect(boneNames).toEqual(expect.arrayContaining(required));
  expect(boneTable.leftHand.parent).toBe("leftLowerArm");
  expect(boneTable.leftUpperArm.parent).toBe("leftShoulder");
  expect(boneTable.rightToes.parent).toBe("rightFoot");
});

test("every bone of the body has a name in Mixamo's tongue, no two the same", () => {
  const body = boneNames.filter((name) => name !== "jaw" && name !== "lids");
  const names = body.map((name) => vrmToMixamo[name]);
  expect(names.filter((name) => name === undefined)).toEqual([]);
  expect(new Set(names).size).toBe(body.length);
});

test("in the bind pose every bone is unturned and stands where the table says", () => {
  const { bones } = buildBones();
  for (const name of boneNames) {
    expect(bones[name].quaternion.angleTo(bones.hips.quaternion)).toBe(0);
    const { elements } = bones[name].matrixWorld;
    boneTable[name].at.forEach((value, axis) => expect(elements[12 + axis]).toBeCloseTo(value, 6));
  }
});
