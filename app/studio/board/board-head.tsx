import { Columns3, Image as ImageIcon, LayoutGrid, Play, Table2 } from "lucide-react";
import { useState } from "react";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { estimateWords } from "#app/studio/jobs/estimate.ts";
import { useEstimate } from "#app/studio/jobs/use-estimate.ts";
import { Button } from "#app/ui/button.tsx";
import { Menu } from "#app/ui/menu.tsx";
import { SegmentedControl } from "#app/ui/segmented-control.tsx";
import { ReshootStale } from "./reshoot-stale.tsx";
import { useUnrendered } from "./use-unrendered.ts";

export type BoardFace = "grid" | "list" | "strip";

const faces = [
  { id: "grid", name: "Cards", title: "Cards", icon: <LayoutGrid className="small" /> },
  { id: "list", name: "List", title: "List", icon: <Table2 className="small" /> },
  { id: "strip", name: "Filmstrip", title: "Filmstrip", icon: <Columns3 className="small" /> },
] as const;

/** How the board is looked at. */
export function BoardFaces({ face, onFace }: { face: BoardFace; onFace(face: BoardFace): void }) {
  return <SegmentedControl label="How the board looks" segments={faces} value={face} onChange={onFace} />;
}

export function AnimaticButton({ onPlay }: { onPlay(): void }) {
  return (
    <Button size="small" look="quiet" title="Plays the board as stills, with scratch voices" onClick={onPlay}>
      <Play className="small" />
      <span className="wide">Animatic</span>
    </Button>
  );
}

/** What can be made for the whole board, each with its price. */
export function BoardHeadActions({ shots }: { shots: readonly Shot[] }) {
  const { unrendered, idle, generate } = useUnrendered(shots);
  const wanted = unrendered.length > 0 ? unrendered : idle;
  const estimate = useEstimate(wanted, String(shots.reduce((sum, shot) => sum + shot.durationFrames, 0)));
  const [busy, setBusy] = useState(false);
  const run = () => {
    setBusy(true);
    void generate(wanted).finally(() => setBusy(false));
  };
  const price = estimateWords(estimate);
  return (
    <>
      <ReshootStale />
      <Thumbnails shots={shots} />
      {wanted.length > 0 ? (
        <Button
          size="small"
          look={unrendered.length > 0 ? "primary" : "plain"}
          disabled={busy}
          title={price}
          onClick={run}
        >
          {unrendered.length === 0
            ? `Regenerate ${wanted.length === shots.length ? "all " : ""}${wanted.length}`
            : unrendered.length === shots.length
              ? `Generate all ${wanted.length}`
              : `Generate ${wanted.length} missing`}
          {price ? <span className="note num wide">{price}</span> : null}
        </Button>
      ) : null}
    </>
  );
}

/** Concept pictures: for shots that have none, or drawn anew for all; asked with the price on the button. */
function Thumbnails({ shots }: { shots: readonly Shot[] }) {
  const { unpictured, thumbnails } = useUnrendered(shots);
  const every: Id[] = shots.map((shot) => shot.id);
  const missing = estimateWords(useEstimate(unpictured, "", "thumbnail"));
  const anew = estimateWords(useEstimate(every, "", "thumbnail"));
  return (
    <Menu
      align="end"
      items={[
        { label: "Thumbnails, 512 × 320" },
        {
          name:
            unpictured.length === 0
              ? "Every shot has a picture"
              : `For ${unpictured.length} without a picture${missing ? ` · ${missing}` : ""}`,
          disabled: unpictured.length === 0,
          run: () => void thumbnails(unpictured),
        },
        {
          name: `Draw all ${every.length} anew${anew ? ` · ${anew}` : ""}`,
          run: () => void thumbnails(every, true),
        },
      ]}
    >
      <Button size="small" look="quiet" title="Thumbnails">
        <ImageIcon className="small" />
        <span className="wide">{unpictured.length > 0 ? "Thumbnails for" : "Thumbnails"}</span>
        {unpictured.length > 0 ? ` ${unpictured.length}` : null}
      </Button>
    </Menu>
  );
}
