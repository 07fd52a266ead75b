import { ArrowRight, CircleDashed } from "lucide-react";
import { chooseTake } from "#domain/film/edit.ts";
import type { Shot } from "#domain/film/shot.ts";
import { staleShot, type InputChange } from "#domain/film/staleness.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { diffWords } from "#domain/screenplay/reparse/word-diff.ts";
import { changeName, nothingWords } from "#app/studio/board/change-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useTakes } from "#app/studio/session/use-takes.ts";
import { Button } from "#app/ui/button.tsx";
import "./stale-part.css";

/** What of the shot has changed since the take that plays: before and after, word by word where it is a text. */
export function StalePart({ shot, take, changes }: { shot: Shot; take: TakeView; changes: readonly InputChange[] }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const takes = useTakes(shot.id);
  const fitting = useFilm((film) => staleShot(film, shot, takes)?.fitting ?? null);
  return (
    <section className="inspector-part stale-part" aria-label={`Changed since take ${take.number}`}>
      <h3>
        <CircleDashed className="small" aria-hidden="true" />
        Changed since take {take.number}
      </h3>
      <dl>
        {changes.map((change, index) => (
          <div key={index}>
            <dt className="cut">{changeName(change)}</dt>
            <dd>
              <BeforeAndAfter change={change} />
            </dd>
          </div>
        ))}
      </dl>
      {fitting ? (
        <p className="stale-part-fits dim">
          Take {fitting.number} shows it as it is now.
          {mayEdit ? (
            <Button size="small" onClick={() => gesture(undo, () => chooseTake(doc, shot.id, fitting.id, edit))}>
              Play take {fitting.number}
            </Button>
          ) : null}
        </p>
      ) : null}
    </section>
  );
}

const texts: readonly InputChange["what"][] = ["action", "dialogue", "prompt", "synopsis", "element"];

function BeforeAndAfter({ change }: { change: InputChange }) {
  const { what, before, after } = change;
  if (texts.includes(what) && before !== "" && after !== "")
    return diffWords(before, after).map(({ kind, text }, index) =>
      kind === "same" ? (
        <span key={index}>{text}</span>
      ) : kind === "gone" ? (
        <del key={index}>{text}</del>
      ) : (
        <ins key={index}>{text}</ins>
      ),
    );
  return (
    <>
      {before === "" ? <span className="faint">{nothingWords(what)}</span> : <del>{before}</del>}
      <ArrowRight className="small" aria-label="now" />
      {after === "" ? <span className="faint">{nothingWords(what)}</span> : <ins>{after}</ins>}
    </>
  );
}
