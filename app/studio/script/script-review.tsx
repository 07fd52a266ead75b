import { BreakdownReview } from "#app/studio/breakdown-review/breakdown-review.tsx";
import { useLiveProposal } from "#app/studio/session/use-live-proposal.ts";

/** The review of what the parser makes of the script, read as soon as it is opened. */
export function ScriptReview({ onClose }: { onClose(): void }) {
  const live = useLiveProposal();
  return live ? <BreakdownReview live={live} onClose={onClose} /> : null;
}
