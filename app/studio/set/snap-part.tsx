import { Aperture } from "lucide-react";
import { useState } from "react";
import { timecode } from "#domain/time.ts";
import { useStore } from "#app/studio/session/store.ts";
import { Button } from "#app/ui/button.tsx";
import { drawn } from "./set-state.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

/** Keeps the picture at a frame for the next render. */
export function SnapPart({ set, frame }: { set: ShotSet; frame: number }) {
  const actions = useSetActions(set);
  const isDrawn = useStore(drawn, (now) => now !== null);
  const [busy, setBusy] = useState(false);
  const snap = async () => {
    setBusy(true);
    await actions.snap(frame);
    setBusy(false);
  };
  return (
    <div className="camera-snap">
      <Button
        size="tall"
        disabled={busy || !isDrawn}
        title={`Saves the picture at ${timecode(frame, set.plan.fps)} as a keyframe of shot ${set.shot.number}`}
        onClick={() => void snap()}
      >
        <Aperture />
        {busy ? "Saving the frame …" : "Snap frame to keyframe"}
      </Button>
    </div>
  );
}
