import { useState, type MouseEvent, type PointerEvent, type ReactElement } from "react";
import type { Id } from "#domain/ids.ts";
import type { FrameRate } from "#domain/time.ts";
import { estimateWords } from "#app/studio/jobs/estimate.ts";
import { useEstimate } from "#app/studio/jobs/use-estimate.ts";
import { ContextMenu, type MenuItems } from "#app/ui/menu.tsx";
import { groundMenu, sceneMenu, shotMenu } from "./board-menus.ts";
import { SplitDialog } from "./split-dialog.tsx";
import type { Aimed, BoardDesk } from "./use-board-desk.ts";

/** Under every face of the board: the menu of the right button (a long touch, too) and what its entries open. */
export function BoardGround({
  desk,
  selectedIds,
  fps,
  children,
}: {
  desk: BoardDesk;
  selectedIds: readonly Id[];
  fps: FrameRate;
  children: ReactElement;
}) {
  const { actions, context, splitting } = desk;
  const [aimed, setAimed] = useState<Aimed>({ kind: "ground" });
  const [isOpen, setOpen] = useState(false);
  const price = usePrice(isOpen && aimed.kind === "shot" && context.mayEdit ? actions.chosen(aimed.id) : none, desk);
  const items = (): MenuItems => {
    switch (aimed.kind) {
      case "shot":
        return shotMenu(aimed.id, context, price);
      case "scene":
        return sceneMenu(aimed.id, context);
      case "ground":
        return groundMenu(context);
    }
  };
  return (
    <>
      <ContextMenu items={isOpen ? items() : none} onOpenChange={setOpen}>
        <div
          className="board-ground"
          onContextMenu={(event: MouseEvent) => {
            const now = aimedAt(event.target);
            if (now.kind === "shot" && !selectedIds.includes(now.id)) actions.select([now.id]);
            setAimed(now);
          }}
          onPointerDown={(event: PointerEvent) => {
            // A finger that stays opens the menu by itself, without a right button.
            if (event.pointerType !== "mouse") setAimed(aimedAt(event.target));
          }}
        >
          {children}
        </div>
      </ContextMenu>
      {splitting ? (
        <SplitDialog
          shot={splitting}
          fps={fps}
          onSplit={(cut) => actions.split(splitting.id, cut)}
          onClose={desk.endSplitting}
        />
      ) : null}
    </>
  );
}

const none: readonly never[] = [];

/** What rendering them would take, as on the board's own button. */
function usePrice(ids: readonly Id[], { context }: BoardDesk): string {
  const frames = ids.reduce((sum, id) => sum + (context.shots.get(id)?.durationFrames ?? 0), 0);
  return estimateWords(useEstimate(ids, String(frames)));
}

function aimedAt(target: EventTarget): Aimed {
  const hit = (target as Element).closest<HTMLElement>("[data-shot-id], [data-scene-id]")?.dataset;
  if (hit?.["shotId"] !== undefined) return { kind: "shot", id: hit["shotId"] };
  return hit?.["sceneId"] === undefined ? { kind: "ground" } : { kind: "scene", id: hit["sceneId"] };
}
