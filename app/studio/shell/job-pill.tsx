import { lazy, Suspense } from "react";
import { isActive } from "#domain/jobs/lifecycle.ts";
import { useJobs } from "#app/studio/session/use-jobs.ts";
import { Popover } from "#app/ui/popover.tsx";
import { ProgressRing } from "#app/ui/progress-bar.tsx";

const JobTray = lazy(() => import("#app/studio/jobs/job-tray.tsx").then((module) => ({ default: module.JobTray })));

/** How the render queue stands, in one pill; the tray is behind it. */
export function JobPill() {
  const { jobs, running, queued } = useJobs();
  if (jobs.length === 0) return null;
  const active = jobs.filter((job) => isActive(job.state));
  const fraction = active.length === 0 ? 0 : active.reduce((sum, job) => sum + job.progress, 0) / active.length;
  return (
    <Popover
      className="job-tray-popover"
      trigger={
        <button type="button" className="job-pill num" aria-label="Render queue">
          {running > 0 ? (
            <>
              <ProgressRing fraction={fraction} />
              <b>{running} rendering</b>
            </>
          ) : null}
          {queued > 0 ? <span className="queued">{queued} queued</span> : null}
          {running + queued === 0 ? <span>Renders</span> : null}
        </button>
      }
    >
      <Suspense fallback={null}>
        <JobTray />
      </Suspense>
    </Popover>
  );
}
