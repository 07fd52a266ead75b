import { toast } from "#app/ui/toast.tsx";

/** Says what was done, with a way back; where other changes came after it, how to go back to it. */
export function toastUndo(words: string, takeBack: () => boolean): void {
  toast.undo(words, () => {
    if (!takeBack()) toast.say("You changed something else since. Undo with Ctrl+Z, step by step.");
  });
}
