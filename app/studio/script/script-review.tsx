import { BreakdownReview } from "#app/studio/breakdown-review/breakdown-review.tsx";
import { useProposal } from "#app/studio/breakdown-review/use-proposal.ts";

/** The review of what the parser makes of the script, read as soon as it is opened. */
export function ScriptReview({ onClose }: { onClose(): void }) {
  const live = useProposal();
  return live ? <BreakdownReview live={live} onClose={onClose} /> : null;
}
