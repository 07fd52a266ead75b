import { useEffect, useState } from "react";
import type { Transaction, YEvent } from "yjs";
import { collectionOf } from "#domain/film/document.ts";
import { useSession } from "../session/film-session.tsx";

const flashMs = 400;

/** Clips that somebody else changed a moment ago. */
export function useFlashing(): ReadonlySet<string> {
  const { doc } = useSession();
  const [flashing, setFlashing] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const clips = collectionOf(doc, "clips");
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onChange = (events: YEvent<never>[], transaction: Transaction) => {
      if (transaction.local) return;
      const ids = events.flatMap((event) => (event.path.length > 0 ? [String(event.path[0])] : [...event.keys.keys()]));
      setFlashing((before) => new Set([...before, ...ids]));
      clearTimeout(timer);
      timer = setTimeout(() => setFlashing(new Set()), flashMs);
    };
    clips.observeDeep(onChange as Parameters<typeof clips.observeDeep>[0]);
    return () => {
      clearTimeout(timer);
      clips.unobserveDeep(onChange as Parameters<typeof clips.observeDeep>[0]);
    };
  }, [doc]);
  return flashing;
}
