import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { ColourField } from "./colour-field.tsx";
import { RangeRow } from "./range-row.tsx";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function shown(field: React.ReactElement): HTMLInputElement {
  const place = document.createElement("div");
  document.body.append(place);
  act(() => createRoot(place).render(field));
  return place.querySelector("input")!;
}
/** As the browser does while the pointer moves, and when it is let go. */
function move(input: HTMLInputElement, value: string): void {
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
const letGo = (input: HTMLInputElement) => act(() => void input.dispatchEvent(new Event("change", { bubbles: true })));

test("a colour is said once, when the picker is closed, and shown all the while", () => {
  const said: string[] = [];
  const input = shown(<ColourField label="Skin" value="#aa0000" disabled={false} onCommit={(hex) => said.push(hex)} />);
  for (const hex of ["#bb0000", "#cc0000", "#dd0000"]) move(input, hex);
  expect([input.value, said]).toEqual(["#dd0000", []]);
  letGo(input);
  expect(said).toEqual(["#dd0000"]);
  // Nobody took it up here: the field says again what is.
  expect(input.value).toBe("#aa0000");
  letGo(input);
  expect(said).toHaveLength(1);
});

test("a slider says where it was let go, and its words follow the pointer", () => {
  const said: number[] = [];
  const words = (value: number) => `${value.toFixed(2)} m`;
  const input = shown(
    <RangeRow
      label="Height"
      range={[1, 2, 0.1]}
      value={1.5}
      words={words}
      disabled={false}
      onChange={(m) => said.push(m)}
    />,
  );
  move(input, "1.6");
  move(input, "1.8");
  expect([input.parentElement?.textContent, said]).toEqual(["Height1.80 m", []]);
  letGo(input);
  expect(said).toEqual([1.8]);
});
