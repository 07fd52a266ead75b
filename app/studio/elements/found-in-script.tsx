import { useState } from "react";
import type { Suggestion } from "#domain/elements/propose.ts";
import { acceptElement, addElement, rejectElement } from "#domain/film/elements.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { Button } from "#app/ui/button.tsx";
import { confidenceWords, KindIcon, kindNames, signWords } from "./element-words.tsx";
import "./elements.css";

/** How many are shown at once. */
const portion = 60;

/** What the script speaks of: one press makes an element of it, or puts it into the shots that hint at it; or says no. */
export function FoundInScript({ suggestions }: { suggestions: readonly Suggestion[] }) {
  const { doc, edit, undo } = useSession();
  const [most, setMost] = useState(portion);
  if (suggestions.length === 0) return null;
  const take = ({ elementId, kind, name, shotIds }: Suggestion) => {
    if (elementId !== undefined) acceptElement(doc, shotIds, elementId, edit);
    else addElement(doc, { kind, name, description: "", triggerWords: [] }, edit);
  };
  const fresh = suggestions.filter(({ elementId }) => elementId === undefined);
  const left = suggestions.length - most;
  return (
    <section aria-label="Found in the script">
      <h3 className="elements-kind">
        Found in the script
        {fresh.length > 1 ? (
          <Button
            look="quiet"
            size="small"
            onClick={() => gesture(undo, () => doc.transact(() => fresh.forEach(take), edit.origin))}
          >
            Add all {fresh.length}
          </Button>
        ) : null}
      </h3>
      <ul>
        {suggestions.slice(0, most).map((suggestion) => (
          <FoundRow
            key={suggestion.elementId ?? `${suggestion.kind} ${suggestion.name}`}
            suggestion={suggestion}
            onTake={() => gesture(undo, () => take(suggestion))}
            onReject={() => gesture(undo, () => rejectElement(doc, suggestion.shotIds, suggestion.outId, edit))}
          />
        ))}
      </ul>
      {left > 0 ? (
        <Button look="quiet" size="small" onClick={() => setMost(most + portion)}>
          Show {Math.min(left, portion)} more of {left}
        </Button>
      ) : null}
    </section>
  );
}

function FoundRow({ suggestion, onTake, onReject }: { suggestion: Suggestion; onTake(): void; onReject(): void }) {
  const { elementId, kind, name, sign, shotIds, confidence } = suggestion;
  const isFresh = elementId === undefined;
  return (
    <li className="element-found">
      <button
        type="button"
        className="element-row"
        aria-label={isFresh ? `Add ${name}` : `${name} is in ${shotIds.length} more`}
        title={signWords[sign]}
        onClick={onTake}
      >
        <span className="element-picture">
          <KindIcon kind={kind} />
        </span>
        <span className="cut strong">{name}</span>
        <span className="kind faint cut">{foundWords(suggestion)}</span>
        <span className="num faint sure">{confidenceWords(confidence)}</span>
      </button>
      <Button
        look="quiet"
        size="small"
        aria-label={isFresh ? `No, ${name} is no element` : `No, ${name} is not in these`}
        onClick={onReject}
      >
        No
      </Button>
    </li>
  );
}

function foundWords({ elementId, kind, shotIds }: Suggestion): string {
  const shots = shotIds.length === 1 ? "1 shot" : `${shotIds.length} shots`;
  return elementId === undefined ? `${kindNames[kind].one} · ${shots}` : `Perhaps in ${shots}`;
}
