import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { addComment, type CommentPlace } from "#domain/film/comments.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { closeDraft, commentsState } from "./comments-state.ts";
import { placeWords } from "./comment-words.ts";

/** Says something about the words chosen in the script, else about the shot that is selected, else about the film. */
export function CommentComposer() {
  const { doc, edit, me } = useSession();
  const { shotIds } = useSelection();
  const { draft, asked } = useStore(commentsState, (state) => state);
  const [text, setText] = useState("");
  const [aboutFilm, setAboutFilm] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    setAboutFilm(false);
    if (asked > 0 && commentsState.get().openId === null) field.current?.focus();
  }, [asked]);
  const selected = shotIds.length === 1 ? shotIds[0] : undefined;
  const place: CommentPlace = draft ?? (selected !== undefined && !aboutFilm ? { shotId: selected } : {});
  const words = useFilm((film) => placeWords(place, film));
  const quote = place.anchor?.kind === "script" ? place.anchor.quote : "";
  const send = () => {
    const id = addComment(doc, { ...place, text, at: new Date() }, me, edit);
    if (id === null) return;
    setText("");
    closeDraft();
  };
  return (
    <form
      className="comment-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {quote || words ? (
        <p className="about">
          <span className="cut">{quote ? `“${quote}”` : `About ${words}`}</span>
          <IconButton
            name="About the film as a whole"
            size="small"
            onClick={() => {
              closeDraft();
              setAboutFilm(true);
            }}
          >
            <X className="small" />
          </IconButton>
        </p>
      ) : null}
      <textarea
        ref={field}
        className="ui-input"
        aria-label="New comment"
        rows={text === "" ? 1 : 3}
        value={text}
        maxLength={5000}
        placeholder={quote || words ? "Say what you think" : "Say something about the film"}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.stopPropagation();
            send();
          } else if (event.key === "Escape") {
            closeDraft();
            field.current?.blur();
          }
        }}
      />
      {text.trim() === "" ? null : (
        <span className="foot">
          <span className="faint small grow">Ctrl+Enter</span>
          <Button type="submit" size="small" look="primary">
            Comment
          </Button>
        </span>
      )}
    </form>
  );
}
