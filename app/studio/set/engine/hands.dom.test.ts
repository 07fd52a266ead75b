import { afterEach, expect, test, vi } from "vitest";
import { changeSetState, setState } from "../set-state.ts";
import { followHands } from "./hands.ts";
import type { Over } from "./over.ts";

afterEach(() => changeSetState({ tool: "select", selected: null }));

/** A crate at 1, 1 seen from above, a hundred pixels a metre. */
function aSet() {
  const canvas = document.createElement("canvas");
  const shifts = new Map<string, [number, number, number]>();
  Object.assign(canvas, { setPointerCapture: vi.fn() });
  const crate = { id: "piece:crate", kind: "piece", name: "Crate", at: [1, 0, 1], facing: 0 };
  const over = {
    painter: { on: () => null },
    set: { things: [crate], staging: { keys: [] } },
    get state() {
      return { ...setState.get(), tool: "move", selected: null };
    },
    held: [],
    floor: 0,
    shifts,
    isThrough: true,
    ray: (x: number, y: number) => ({ from: [x / 100, 5, y / 100 + 5], way: [0, -Math.SQRT1_2, -Math.SQRT1_2] }),
  } as unknown as Over;
  const onRelease = vi.fn();
  const onHold = vi.fn();
  const onPoint = vi.fn();
  const hands = followHands({
    ...{ canvas, mayEdit: true, onRelease, onHold, onPoint },
    ...{ pose: vi.fn(), onPose: vi.fn(), onHover: vi.fn(), touch: vi.fn() },
    ray: (x, y) => over.ray(x, y),
    ...{ tan: () => 1, over: () => over, height: () => 100 },
  });
  const at = (name: string, x: number, y: number) =>
    canvas.dispatchEvent(new MouseEvent(name, { clientX: x, clientY: y, button: 0 }));
  return { canvas, hands, onRelease, onHold, onPoint, shifts, at };
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

test("who has walked on from their mark is carried from where one sees them; their mark goes as far", () => {
  const { hands, shifts, onRelease, at } = aSet();
  // A metre further to the right than the document has it.
  shifts.set("piece:crate", [1, 0, 0]);
  at("pointerdown", 200, 100);
  at("pointermove", 250, 150);
  expect(hands.carried()).toMatchObject({ id: "piece:crate", at: [1.5, 0, 1.5] });
  at("pointerup", 250, 150);
  expect(onRelease).toHaveBeenCalledWith({ id: "piece:crate", at: [1.5, 0, 1.5], facing: 0 });
  hands.stop();
});

test("the comment tool points at what stands there, else at the floor, and carries nothing", () => {
  const { hands, onPoint, at } = aSet();
  changeSetState({ tool: "comment", selected: null });
  at("pointerdown", 100, 100);
  at("pointermove", 250, 100);
  expect(hands.carried()).toBeNull();
  expect(onPoint.mock.calls).toEqual([[[1, 0, 1], "piece:crate"]]);
  hands.stop();
});
