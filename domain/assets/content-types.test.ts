import { expect, test } from "vitest";
import { artifactRoles } from "#domain/jobs/messages/artifact.ts";
import { uploadTypes } from "./asset.ts";
import { contentTypeFor, extensionFor, mayMake } from "./content-types.ts";

test("a file's ending says its type again, for everything people bring and engines make", () => {
  const made = [
    "model/gltf-binary",
    "application/x-bvh",
    "application/x-fbx",
    "application/octet-stream",
    "audio/mpeg",
    "audio/wav",
    "application/zip",
    "application/json",
  ];
  for (const type of [...Object.keys(uploadTypes), ...made]) expect(contentTypeFor(extensionFor(type))).toBe(type);
  for (const [type, { extension }] of Object.entries(uploadTypes)) expect(extensionFor(type)).toBe(extension);
});

test("what nobody knows is bytes", () => {
  expect(extensionFor("application/x-unheard-of")).toBe("bin");
  expect(contentTypeFor("xyz")).toBe("application/octet-stream");
});

test("every role has a type that a job may make, and none takes a page or a script", () => {
  const some = ["video/mp4", "image/jpeg", "audio/wav", "application/json", "model/gltf-binary", "application/x-bvh"];
  for (const role of artifactRoles) {
    expect([...some, "application/octet-stream", "application/zip"].some((type) => mayMake(role, type))).toBe(true);
    for (const type of ["text/html", "image/svg+xml", "text/javascript"]) expect(mayMake(role, type)).toBe(false);
  }
  expect(mayMake("poster", "video/mp4")).toBe(false);
  expect([mayMake("model", "application/x-fbx"), mayMake("motion", "application/x-fbx")]).toEqual([true, false]);
});
