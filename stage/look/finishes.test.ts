import * as THREE from "three";
import { expect, test } from "vitest";
import { mirrorsOnly } from "./environment-light.ts";
import { type Finish, finishes, finishLike, finishOf, materialOf } from "./finishes.ts";

test("a material says which finish it is of", () => {
  for (const finish of finishes)
    for (const tier of ["draft", "fine"] as const) expect(finishOf(materialOf(finish, { tier }))).toBe(finish);
});

test("of a material without such a name the numbers tell what shines and what is glass; all else is as clay", () => {
  const nameless = (finish: Finish) => {
    const material = materialOf(finish, { tier: "fine" });
    material.name = "";
    return finishOf(material);
  };
  for (const finish of ["gloss", "metal", "wet", "glass", "clay"] as const) expect(nameless(finish)).toBe(finish);
  expect(nameless("wood")).toBe("clay");
  expect(finishOf(new THREE.MeshStandardMaterial({ name: "velvet", roughness: 0.42, metalness: 0.35 }))).toBe("metal");
});

test("what is as smooth as glass but not as clear is none", () => {
  expect(finishLike({ roughness: 0.12, metalness: 0, opacity: 0.28 })).toBe("glass");
  expect(finishLike({ roughness: 0.12, metalness: 0, opacity: 1 })).toBe("clay");
  expect(finishLike({ roughness: 0.28, metalness: 0, opacity: 0.28 })).toBe("clay");
  expect(finishLike({ roughness: 0.28, metalness: 0, opacity: 1 })).toBe("gloss");
});

test("glass mirrors what is all round, is lit once, and hides nothing behind it", () => {
  const glass = materialOf("glass");
  expect(glass).toMatchObject({ transparent: true, opacity: 0.28, depthWrite: false });
  expect(glass.onBeforeCompile).toBe(mirrorsOnly);
});
