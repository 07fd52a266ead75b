import type { Frame } from "./frame.ts";

/** How long it is said, milliseconds. */
const saidFor = 2000;
const toldFor = 6000;

/** Copies a scene's address for whoever wants to pass it on, and says so. @param signal  aborted when one leaves */
export function createCopyLink(
  frame: Pick<Frame, "setCopied" | "setNote">,
  signal: AbortSignal,
): (link: string) => Promise<void> {
  let later: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener("abort", () => clearTimeout(later));
  const after = (wait: number, does: () => void) => {
    clearTimeout(later);
    later = setTimeout(does, wait);
  };
  return async (link) => {
    // Pages that came over an open line have no clipboard.
    const copied = await (navigator.clipboard as Clipboard | undefined)?.writeText(link).then(
      () => true,
      () => false,
    );
    if (signal.aborted) return;
    if (copied === true) {
      frame.setCopied(true);
      after(saidFor, () => frame.setCopied(false));
    } else {
      frame.setNote("This browser blocks copying. The link is in the address bar.");
      after(toldFor, () => frame.setNote(null));
    }
  };
}
