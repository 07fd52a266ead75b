import { useCallback, useEffect, useRef, useState } from "react";
import { FleetView, QueueView } from "#domain/jobs/fleet-view.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";

const lookEveryMs = 2000;

export interface FleetNow {
  /** Null until the first answer. */
  fleet: FleetView | null;
  queue: QueueView | null;
  /** When they were read, and when they were last asked for; ms since 1970. */
  readAt: number;
  askedAt: number;
  /** Why there is nothing newer; null while everything answers. */
  problem: string | null;
}

/** The fleet and its queue, read anew every two seconds while somebody looks at the page. */
export function useFleet(): FleetNow & { look(): Promise<void> } {
  const [now, setNow] = useState<FleetNow>({ fleet: null, queue: null, readAt: 0, askedAt: 0, problem: null });
  const gone = useRef(false);
  const look = useCallback(async () => {
    const [fleet, queue] = await Promise.allSettled([
      api.get("/v1/agents").then((answer) => FleetView.parse(answer)),
      api.get("/v1/queue").then((answer) => QueueView.parse(answer)),
    ]);
    if (gone.current) return;
    const failed = [fleet, queue].find((one) => one.status === "rejected");
    setNow((before) => ({
      fleet: fleet.status === "fulfilled" ? fleet.value : before.fleet,
      queue: queue.status === "fulfilled" ? queue.value : before.queue,
      readAt: failed === undefined ? Date.now() : before.readAt,
      askedAt: Date.now(),
      problem: failed === undefined ? null : sentenceOf(failed.reason),
    }));
  }, []);
  useEffect(() => {
    gone.current = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const round = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") await look();
      if (!gone.current) timer = setTimeout(() => void round(), lookEveryMs);
    };
    const again = () => void round();
    void round();
    document.addEventListener("visibilitychange", again);
    window.addEventListener("online", again);
    return () => {
      gone.current = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", again);
      window.removeEventListener("online", again);
    };
  }, [look]);
  return { ...now, look };
}
