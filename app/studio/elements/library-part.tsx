import { RefreshCw } from "lucide-react";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { KindIcon, kindNames } from "./element-words.tsx";
import { missingIn, newerIn, useLibrary } from "./use-library.ts";

/** What the workspace keeps for all its films and this one does not have, or has in an older version. */
export function LibraryPart() {
  const { entries, busy, bring } = useLibrary();
  const elements = useFilm((film) => film.elements);
  const newer = newerIn(entries, elements);
  const missing = missingIn(entries, elements);
  if (newer.length + missing.length === 0) return null;
  return (
    <section aria-label="Library">
      <h3 className="elements-kind">Library of all films</h3>
      {newer.length > 0 ? (
        <div className="elements-newer">
          <span>
            {newer.length === 1 ? `${newer[0]?.element.name ?? ""} has` : `${newer.length} elements have`} changed in
            the library. What this film changed itself stays.
          </span>
          <Button
            size="small"
            disabled={busy}
            onClick={() =>
              void bring(
                newer.map(({ id }) => id),
                "Taken over from the library.",
              )
            }
          >
            <RefreshCw />
            Take over
          </Button>
        </div>
      ) : null}
      <ul>
        {missing.map(({ id, kind, element }) => (
          <li key={id}>
            <button
              type="button"
              className="element-row"
              disabled={busy}
              aria-label={`Bring ${element.name} from the library`}
              onClick={() => void bring([id], `${element.name} is in this film now.`)}
            >
              <span className="element-picture">
                <KindIcon kind={kind} />
              </span>
              <span className="cut strong">{element.name}</span>
              <span className="kind faint cut">{element.description || kindNames[kind].one}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
