import { Plus } from "lucide-react";
import { pieceKinds } from "#domain/screenplay/plan/plan-words.ts";
import { lightKinds } from "#domain/screenplay/scene-plan.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu } from "#app/ui/menu.tsx";
import { lightNames, pieceNames } from "./set-words.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

const kinds = pieceKinds.toSorted((a, b) => pieceNames[a].localeCompare(pieceNames[b], "en"));

/** Puts a piece or a light into the scene's set, before whoever adds it. */
export function AddToSet({ set, size = "normal" }: { set: ShotSet; size?: "small" | "normal" }) {
  const actions = useSetActions(set);
  return (
    <Menu
      items={[
        { label: "Lights" },
        ...lightKinds.map((kind) => ({ name: lightNames[kind], run: () => actions.addLight(kind) })),
        "line",
        { label: "Props" },
        ...kinds.map((kind) => ({ name: pieceNames[kind], run: () => actions.addPiece(kind) })),
      ]}
    >
      <IconButton name="Add to the set" size={size}>
        <Plus />
      </IconButton>
    </Menu>
  );
}
