import { afterEach, expect, test, vi } from "vitest";
import { changeSetState } from "../set-state.ts";
import { followHands } from "./hands.ts";
import type { Over } from "./over.ts";

afterEach(() => changeSetState({ tool: "select", selected: null }));

/** A crate at 1, 1 seen from above, a hundred pixels a metre. */
function aSet() {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { setPointerCapture: vi.fn() });
  const crate = { id: "piece:crate", kind: "piece", name: "Crate", at: [1, 0, 1], facing: 0 };
  const over = {
    painter: { on: () => null },
    set: { things: [crate], staging: { keys: [] } },
    state: { tool: "move", selected: null },
    held: [],
    isThrough: true,
    ray: (x: number, y: number) => ({ from: [x / 100, 5, y / 100 + 5], way: [0, -Math.SQRT1_2, -Math.SQRT1_2] }),
  } as unknown as Over;
  const onRelease = vi.fn();
  const onHold = vi.fn();
  const hands = followHands({
    ...{ canvas, mayEdit: true, onRelease, onHold },
    ...{ pose: vi.fn(), onPose: vi.fn(), onHover: vi.fn(), touch: vi.fn() },
    ray: (x, y) => over.ray(x, y),
    ...{ tan: () => 1, over: () => over, height: () => 100 },
  });
  const at = (name: string, x: number, y: number) =>
    canvas.dispatchEvent(new MouseEvent(name, { clientX: x, clientY: y, button: 0 }));
  return { canvas, hands, onRelease, onHold, at };
}

test("Escape lets go of what is carried without putting it anywhere; the hand carries nothing on from there", () => {
  const { canvas, hands, onRelease, onHold, at } = aSet();
  at("pointerdown", 100, 100);
  at("pointermove", 250, 100);
  expect(hands.carried()).toMatchObject({ id: "piece:crate", at: [2.5, 0, 1] });
  onHold.mockClear();
  const heard = vi.fn();
  document.body.append(canvas);
  document.body.addEventListener("keydown", heard);
  canvas.dispatchEvent(new KeyboardEvent("keydown", { code: "Escape", bubbles: true }));
  expect(hands.held()).toBeNull();
  expect(onHold).toHaveBeenCalledOnce();
  // Nothing else hears of it: it was about the hand.
  expect(heard).not.toHaveBeenCalled();
  at("pointermove", 300, 100);
  at("pointerup", 300, 100);
  expect(hands.held()).toBeNull();
  expect(onRelease).not.toHaveBeenCalled();
  hands.stop();
});
