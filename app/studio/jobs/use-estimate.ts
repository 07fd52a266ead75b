import { useEffect, useState } from "react";
import type { Id } from "#domain/ids.ts";
import { api } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useJobs } from "#app/studio/session/use-jobs.ts";
import { Estimate } from "./estimate.ts";

/**
 * What rendering these shots would take, or a concept picture of each. Asked again when the shots, their lengths
 * (`key`) or the queue change; null while nobody knows.
 */
export function useEstimate(shotIds: readonly Id[], key = "", kind: "shot" | "thumbnail" = "shot"): Estimate | null {
  const { projectId } = useSession();
  const { queued, running } = useJobs();
  const [estimate, setEstimate] = useState<Estimate | null>(null);
  const ids = shotIds.join(",");
  useEffect(() => {
    if (ids === "") return setEstimate(null);
    let gone = false;
    const timer = setTimeout(() => {
      api.post(`/v1/projects/${projectId}/estimate`, { shotIds: ids.split(","), kind }).then(
        (answer) => (gone ? undefined : setEstimate(Estimate.safeParse(answer).data ?? null)),
        // A button without a price is better than one that lies; Generate itself says what is wrong.
        () => (gone ? undefined : setEstimate(null)),
      );
    }, 250);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [projectId, ids, key, kind, queued, running]);
  return estimate;
}
