import { changeMeta } from "#domain/film/edit.ts";
import { replaceByFile } from "#domain/film/replace-by-file.ts";
import { readLineEnds } from "#domain/screenplay/fountain/line-ends.ts";
import { useEffect } from "react";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useReadFilm } from "#app/studio/session/use-film.ts";
import { Kbd } from "#app/ui/kbd.tsx";
import { toast } from "#app/ui/toast.tsx";
import { StartCard } from "./start-card.tsx";

/** The first question, over the empty page. Esc goes straight to typing. */
export function EmptyScript({ onDone }: { onDone(): void }) {
  const { doc, edit, undo } = useSession();
  const readFilm = useReadFilm();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onDone();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onDone]);
  return (
    <div className="empty-script">
      <StartCard
        onBegin={({ title, screenplay, notes = [] }) => {
          const isUntitled = readFilm().meta.title === "Untitled film";
          gesture(undo, () => {
            replaceByFile(doc, readLineEnds(screenplay), edit);
            if (isUntitled) changeMeta(doc, { title }, edit);
          });
          if (notes.length > 0) toast.say(notes.join(" "));
          onDone();
        }}
        foot={
          <>
            Or press <Kbd>Esc</Kbd> and type.
          </>
        }
      />
    </div>
  );
}
