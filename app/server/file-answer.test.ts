import { expect, test } from "vitest";
import { fileAnswer, fileNameOf } from "./file-answer.ts";

test("a long title in letters of two units each is cut between letters, and the file can be sent", () => {
  const title = `a${"𝔘".repeat(150)}`;
  const name = fileNameOf(title, "storyboard", "pdf");
  expect(name).toBe(`a${"𝔘".repeat(99)}, storyboard.pdf`);
  const sent = fileAnswer({ name, contentType: "application/pdf", bytes: new Uint8Array(1) });
  expect(sent.headers.get("Content-Disposition")).toContain(encodeURIComponent("𝔘, storyboard.pdf"));
});

test("what no file may be called is left out of its name", () => {
  expect(fileNameOf("../Low: Water?\ud83d", "", "fdx")).toBe("Low Water.fdx");
  expect(fileNameOf("…", "shot list", "csv")).toBe("Untitled film, shot list.csv");
});
