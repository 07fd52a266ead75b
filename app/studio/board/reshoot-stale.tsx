import { CircleDashed } from "lucide-react";
import { useRef, useState } from "react";
import { estimateWords, priceWords } from "#app/studio/jobs/estimate.ts";
import { useEstimate } from "#app/studio/jobs/use-estimate.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { jobActions } from "#app/studio/session/use-jobs.ts";
import { useStaleShots } from "#app/studio/session/use-stale.ts";
import { useShortcuts } from "#app/studio/shell/keyboard.ts";
import { Button } from "#app/ui/button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useActiveShots } from "./use-unrendered.ts";

/** Makes a new take of every shot whose playing take is stale, with what that costs; nothing where none is. */
export function ReshootStale() {
  const { toShoot } = useStaleShots();
  const active = useActiveShots();
  const stale = useFilm(({ shots }) => shots.map((shot) => shot.id).filter((id) => toShoot.has(id) && !active.has(id)));
  const estimate = useEstimate(stale);
  const [busy, setBusy] = useState(false);
  // Two fast presses are one wish.
  const asking = useRef(false);
  const reshoot = async () => {
    if (asking.current || stale.length === 0) return;
    asking.current = true;
    setBusy(true);
    try {
      await jobActions.reshootStale(stale);
    } catch (error) {
      toast.wrong(sentenceOf(error));
    } finally {
      asking.current = false;
      setBusy(false);
    }
  };
  useShortcuts(
    stale.length === 0
      ? []
      : [
          {
            ...{ keys: "Ctrl+Shift+Enter", name: "Re-shoot all that is stale", group: "Shots", once: true },
            run: () => void reshoot(),
          },
        ],
  );
  if (stale.length === 0) return null;
  // The head has many buttons: how long it takes is said to who asks.
  const price = estimate === null ? "" : priceWords(estimate.cost);
  return (
    <Button
      size="small"
      className="reshoot-stale"
      disabled={busy}
      title={`A new take of each shot that has changed since its take. ${estimateWords(estimate)} (Ctrl+Shift+Enter)`}
      onClick={() => void reshoot()}
    >
      <CircleDashed className="small" />
      Re-shoot {stale.length} stale
      {price ? <span className="note num">{price}</span> : null}
    </Button>
  );
}
