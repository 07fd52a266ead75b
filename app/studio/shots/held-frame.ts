import { type RefObject, useCallback, useRef, useState } from "react";

/** A picture that stays on screen while what plays is exchanged under it. */
export interface HeldFrame {
  canvas: RefObject<HTMLCanvasElement>;
  held: boolean;
  /** Keeps what is on screen now; what is kept already where there is nothing. */
  hold(): void;
  release(): void;
}

export function useHeldFrame(video: RefObject<HTMLVideoElement | null>): HeldFrame {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [held, setHeld] = useState(false);
  const hold = useCallback(() => {
    const [from, to] = [video.current, canvas.current];
    if (from === null || to === null || from.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    Object.assign(to, { width: from.videoWidth, height: from.videoHeight });
    to.getContext("2d")?.drawImage(from, 0, 0);
    setHeld(true);
  }, [video]);
  const release = useCallback(() => setHeld(false), []);
  return { canvas, held, hold, release };
}
