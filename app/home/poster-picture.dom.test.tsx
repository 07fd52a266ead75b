import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PosterPicture } from "./poster-picture.tsx";

let root: Root;
beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  document.body.replaceChildren(document.createElement("div"));
  root = createRoot(document.body.querySelector("div")!);
  await act(async () => root.render(<PosterPicture url="/p.jpg" />));
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

const picture = () => document.querySelector("img")!;
const happens = (what: string) => act(async () => void picture().dispatchEvent(new Event(what)));

test("posters out of sight are not loaded, and one shows once it is there", async () => {
  expect(picture().getAttribute("loading")).toBe("lazy");
  expect(picture().dataset["cropped"]).toBe("false");
  await happens("load");
  expect(picture().dataset["cropped"]).toBe("true");
});

test("a poster that fails is not waited for", async () => {
  await happens("error");
  expect(picture().dataset["cropped"]).toBe("true");
  expect(picture().style.objectPosition).toBe("50.0% 50%");
});
