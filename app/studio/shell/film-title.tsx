import { useState } from "react";
import { changeMeta } from "#domain/film/edit.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { enterPressed } from "#app/ui/enter-pressed.ts";

/** The film's name; a click makes it a field, Enter or leaving keeps it, Esc takes it back. */
export function FilmTitle({ title }: { title: string }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const [draft, setDraft] = useState<string | null>(null);
  const keep = () => {
    const next = draft?.trim().slice(0, 200) ?? "";
    setDraft(null);
    if (next !== "" && next !== title) gesture(undo, () => changeMeta(doc, { title: next }, edit));
  };
  if (!mayEdit) return <span className="now cut">{title}</span>;
  if (draft === null)
    return (
      <button type="button" className="now cut" title="Rename the film" onClick={() => setDraft(title)}>
        {title}
      </button>
    );
  return (
    <input
      className="ui-input title-input"
      aria-label="Title of the film"
      value={draft}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (enterPressed(event)) keep();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}
