import { useEffect } from "react";
import { transport } from "../session/transport.ts";
import { usePresence } from "../session/use-peers.ts";

/** Shows this tab's playhead to the others for as long as it looks at the cut. */
export function usePlayheadPresence(): void {
  const presence = usePresence();
  useEffect(() => {
    const tell = () => presence.set({ playhead: { frame: transport.frame, playing: transport.playing } });
    tell();
    const stop = transport.subscribe(tell);
    return () => {
      stop();
      presence.set({ playhead: null, activity: null });
    };
  }, [presence]);
}
