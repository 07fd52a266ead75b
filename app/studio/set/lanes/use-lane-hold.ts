import { useEffect } from "react";
import { laneHeld } from "../set-state.ts";

/** Shows the others what is in the hand on a lane, for as long as it is. */
export function useLaneHold(id: string | null, from: number, to: number): void {
  useEffect(() => {
    if (id === null) return;
    laneHeld.set({ id, from, to });
    return () => laneHeld.set(null);
  }, [id, from, to]);
}
