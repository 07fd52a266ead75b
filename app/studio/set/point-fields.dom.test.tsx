import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import { PointFields } from "./point-fields.tsx";

beforeEach(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

test("numbers that follow one another faster than the film answers are all kept", async () => {
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  const said: Vec3[] = [];
  const show = (at: Vec3) =>
    act(async () =>
      root.render(<PointFields label="Maya" at={at} disabled={false} onCommit={(to) => said.push(to)} />),
    );
  const type = (axis: string, text: string) =>
    act(async () => {
      const field = document.querySelector<HTMLInputElement>(`input[aria-label="Maya ${axis}"]`)!;
      field.focus();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.blur();
    });
  await show([0, 0, 0]);
  await type("x", "2");
  await type("y", "1.5");
  expect(said).toEqual([
    [2, 0, 0],
    [2, 1.5, 0],
  ]);
  // What comes from the film counts again.
  await show([5, 0, 0]);
  await type("z", "3");
  expect(said.at(-1)).toEqual([5, 0, 3]);
  await act(async () => root.unmount());
});
