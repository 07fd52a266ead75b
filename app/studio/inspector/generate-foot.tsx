import { Clapperboard } from "lucide-react";
import { useRef, useState } from "react";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { useShotWork } from "#app/studio/board/use-shot-work.ts";
import { aboutSeconds, priceWords } from "#app/studio/jobs/estimate.ts";
import { jobLine } from "#app/studio/jobs/job-words.ts";
import { useEstimate } from "#app/studio/jobs/use-estimate.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { jobActions, useJobs } from "#app/studio/session/use-jobs.ts";
import { useTakes } from "#app/studio/session/use-takes.ts";
import { useShortcuts } from "#app/studio/shell/keyboard.ts";
import { Button } from "#app/ui/button.tsx";
import { ProgressBar } from "#app/ui/progress-bar.tsx";
import { toast } from "#app/ui/toast.tsx";

/** The one filled button of the inspector, with what it takes before it is pressed. */
export function GenerateFoot({ shot, shotIds }: { shot: Shot; shotIds: readonly Id[] }) {
  const { mayEdit } = useSession();
  const { agents } = useJobs();
  const { state, jobs } = useShotWork(shot.id);
  const takes = useTakes(shot.id);
  const several = shotIds.length > 1;
  const estimate = useEstimate(several ? shotIds : [shot.id], String(shot.durationFrames));
  const [busy, setBusy] = useState(false);
  // Two fast presses are one wish.
  const asking = useRef(false);

  const ask = async (work: () => Promise<unknown>) => {
    if (asking.current) return;
    asking.current = true;
    setBusy(true);
    // Words still in a field belong to what is rendered.
    if (document.activeElement instanceof HTMLElement && document.activeElement.closest(".inspector"))
      document.activeElement.blur();
    try {
      await work();
    } catch (error) {
      toast.wrong(sentenceOf(error));
    } finally {
      asking.current = false;
      setBusy(false);
    }
  };
  const generate = () =>
    void ask(() => (several ? jobActions.generateAll([...shotIds]) : jobActions.generateShot(shot.id)));
  const active = state.kind === "queued" || state.kind === "running" ? state.job : null;
  const cancel = () => (active ? void ask(() => jobActions.cancel(active.id)) : undefined);
  useShortcuts(
    mayEdit
      ? [
          { keys: "Ctrl+Enter", name: "Generate the selected shot", group: "Shots", once: true, run: generate },
          { keys: "Ctrl+.", name: "Cancel its render", group: "Shots", once: true, run: cancel },
        ]
      : [],
  );

  const underWay = jobs.filter(
    (job) => job.kind === "shot" && ["queued", "leased", "running", "uploading"].includes(job.state),
  ).length;
  const next = (takes[0]?.number ?? 0) + 1 + underWay;
  const wait = estimate?.waitSeconds
    ? `Starts in ${aboutSeconds(estimate.waitSeconds)}`
    : agents === 0
      ? "Waits for a render agent"
      : "Starts at once";
  return (
    <footer className="inspector-foot">
      {active ? (
        <div className="inspector-active">
          <span className="cut small num">{jobLine(active)}</span>
          <Button size="small" look="quiet" onClick={cancel} disabled={!mayEdit || busy}>
            Cancel
          </Button>
          {active.state === "queued" ? null : (
            <ProgressBar fraction={active.progress} label={`Rendering ${shot.number}`} />
          )}
        </div>
      ) : state.kind === "failed" ? (
        <p className="inspector-failed">{state.reason}</p>
      ) : null}
      <p className="inspector-wait small dim">
        <span>{mayEdit ? wait : "You are watching: an editor can generate."}</span>
        <span className="num">{!estimate?.renderSeconds ? "" : `Takes ${aboutSeconds(estimate.renderSeconds)}`}</span>
      </p>
      <Button className="inspector-generate" look="primary" onClick={generate} disabled={!mayEdit || busy}>
        <span className="row">
          <Clapperboard />
          {several ? `Generate ${shotIds.length} shots` : `Generate take ${next}`}
        </span>
        <span className="row note num">
          {priceWords(estimate?.cost ?? null)}
          <kbd>Ctrl ↵</kbd>
        </span>
      </Button>
    </footer>
  );
}
