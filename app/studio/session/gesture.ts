/** What a person does as one step of undo. Gestures are not nested; typing needs none, its keystrokes join by themselves. */
import type * as Y from "yjs";

/** One thing that a person does is one step of undo, whatever was done just before or comes just after. */
export function gesture<T>(undo: Y.UndoManager, run: () => T): T {
  const { captureTimeout } = undo;
  undo.stopCapturing();
  // Otherwise a long film's second transaction comes too late to join the first.
  undo.captureTimeout = Number.POSITIVE_INFINITY;
  try {
    return run();
  } finally {
    undo.captureTimeout = captureTimeout;
    undo.stopCapturing();
  }
}

/**
 * As `gesture`; for a toast with "Undo".
 * @returns `takeBack` undoes this step and no other; false, and nothing happens, where it is no longer this person's
 *          last one: the toast then says how to go back step by step
 */
export function undoableGesture<T>(undo: Y.UndoManager, run: () => T): { result: T; takeBack(): boolean } {
  const before = undo.undoStack.at(-1);
  const result = gesture(undo, run);
  const step = undo.undoStack.at(-1);
  const takeBack = () => {
    if (step === undefined || step === before || undo.undoStack.at(-1) !== step) return false;
    // Alone on the stack: where others have removed what the step made, undo would go on to the step before.
    const earlier = undo.undoStack.slice(0, -1);
    undo.undoStack = [step];
    undo.undo();
    undo.undoStack = earlier;
    return true;
  };
  return { result, takeBack };
}
