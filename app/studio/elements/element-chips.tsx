import { Check, X } from "lucide-react";
import type { Shot } from "#domain/film/shot.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { Chip } from "#app/ui/chip.tsx";
import { confidenceWords, KindIcon, signWords } from "./element-words.tsx";
import { useElementChips, type ElementChip } from "./use-element-chips.ts";
import "./element-chips.css";

/** How many a card has room for. */
const mostOnCard = 3;

/** What a shot shows, on its card. What its words only hint at is dashed and waits for a yes or a no. */
export function ElementChips({ shot }: { shot: Shot }) {
  const { mayEdit } = useSession();
  // Where the scene plays stands over its cards already.
  const chips = useElementChips(shot).filter(({ sign }) => sign !== "heading");
  const shown = chips.slice(0, mostOnCard);
  return (
    <div className="shot-card-chips">
      {shown.map((chip) =>
        chip.state === "in" ? (
          <Chip key={chip.key} icon={<KindIcon kind={chip.kind} />} title={chip.name}>
            {chip.name}
          </Chip>
        ) : (
          <SuggestedChip key={chip.key} chip={chip} mayEdit={mayEdit} />
        ),
      )}
      {chips.length > shown.length ? <span className="faint small num">+{chips.length - shown.length}</span> : null}
    </div>
  );
}

function SuggestedChip({ chip, mayEdit }: { chip: ElementChip; mayEdit: boolean }) {
  return (
    <span className="ui-chip element-suggested" title={`${signWords[chip.sign]}: ${confidenceWords(chip.confidence)}`}>
      <KindIcon kind={chip.kind} />
      <span className="cut">{chip.name}</span>
      {mayEdit ? (
        // The card is dragged by the pointer: these are pressed, not dragged.
        <span className="element-suggested-answer" onPointerDown={(event) => event.stopPropagation()}>
          <button
            type="button"
            tabIndex={-1}
            aria-label={`${chip.name} is in this shot`}
            onClick={(event) => {
              event.stopPropagation();
              chip.accept();
            }}
          >
            <Check />
          </button>
          <button
            type="button"
            tabIndex={-1}
            aria-label={`${chip.name} is not in this shot`}
            onClick={(event) => {
              event.stopPropagation();
              chip.reject();
            }}
          >
            <X />
          </button>
        </span>
      ) : null}
    </span>
  );
}
