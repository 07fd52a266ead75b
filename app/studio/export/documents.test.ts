import { expect, test } from "vitest";
import { documentPath, paperOf } from "./documents.ts";

test("each document is asked for where it is made, with what can be chosen of it", () => {
  const choice = { paper: "a4", sceneNumbers: "both" } as const;
  expect(documentPath("p", "script-pdf", choice)).toBe(
    "/v1/projects/p/screenplay?format=pdf&paper=a4&sceneNumbers=both",
  );
  expect(documentPath("p", "script-fdx", choice)).toBe("/v1/projects/p/screenplay?format=fdx");
  expect(documentPath("p", "storyboard-pdf", choice)).toBe("/v1/projects/p/storyboard?format=pdf&paper=a4");
  expect(documentPath("p", "shot-list", choice)).toBe("/v1/projects/p/storyboard?format=csv&mark=true");
});

test("paper follows where somebody is from", () => {
  expect(["en-US", "fr-CA", "en-GB", "de", "es-MX"].map(paperOf)).toEqual(["letter", "letter", "a4", "a4", "letter"]);
});
