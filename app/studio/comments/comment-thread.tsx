import { Check, CornerDownRight, RotateCcw, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Comment } from "#domain/film/comment.ts";
import { mayRemoveComment } from "#domain/film/comment-rights.ts";
import { placeOfAnchor, removeComment, replyTo, resolveComment, type Thread } from "#domain/film/comments.ts";
import { goTo } from "#app/studio/player/move-playhead.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { lookAsked } from "#app/studio/set/set-state.ts";
import { usePeersSlice } from "#app/studio/session/use-peers.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { openThread } from "./comments-state.ts";
import { placeWords, timeWords } from "./comment-words.ts";
import { ReplyField } from "./reply-field.tsx";

export function CommentThread({ thread, isOpen }: { thread: Thread; isOpen: boolean }) {
  const { doc, edit, mayComment } = useSession();
  const { first, replies } = thread;
  const element = useRef<HTMLLIElement>(null);
  const go = useGoTo(first);
  useEffect(() => {
    if (isOpen) element.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  return (
    <li ref={element} className="comment-thread" data-open={isOpen} data-resolved={first.resolved}>
      <Remark comment={first} />
      <Place comment={first} onGo={go} />
      {replies.map((reply) => (
        <Remark key={reply.id} comment={reply} isReply />
      ))}
      {mayComment ? (
        <span className="tools">
          {first.resolved ? (
            <Button size="small" look="quiet" onClick={() => resolveComment(doc, first.id, false, edit)}>
              <RotateCcw className="small" /> Open again
            </Button>
          ) : (
            <>
              <Reply to={first.id} />
              <Button size="small" look="quiet" onClick={() => resolveComment(doc, first.id, true, edit)}>
                <Check className="small" /> Resolve
              </Button>
            </>
          )}
        </span>
      ) : null}
    </li>
  );
}

function Remark({ comment, isReply = false }: { comment: Comment; isReply?: boolean }) {
  const { doc, edit, me, role } = useSession();
  const color = usePeersSlice(
    (peers) => peers.find(({ presence }) => presence.user.id === comment.by)?.presence.user.color,
  );
  const isMine = comment.by === me.id;
  return (
    <div className="remark" data-reply={isReply}>
      <Avatar
        person={{ id: comment.by, name: comment.name, color: isMine ? me.color : (color ?? "var(--text-3)") }}
        size="small"
      />
      <p>
        <b>{comment.name}</b> <time className="faint small num">{timeWords(comment.at)}</time>
        <span className="said">{comment.text}</span>
      </p>
      {mayRemoveComment(comment, { id: me.id, role }) ? (
        <IconButton
          name={isReply ? "Delete this answer" : "Delete this comment"}
          size="small"
          className="delete"
          onClick={() => removeComment(doc, comment.id, { id: me.id, role }, edit)}
        >
          <Trash2 className="small" />
        </IconButton>
      ) : null}
    </div>
  );
}

/** What it is about; one press goes there. */
function Place({ comment, onGo }: { comment: Comment; onGo(): void }) {
  const { doc } = useSession();
  const words = useFilm((film) => placeWords(comment, film));
  const { anchor } = comment;
  const isCut = useFilm((film) => film.screenplay !== "" && anchor?.kind === "script" && !placeOfAnchor(doc, anchor));
  if (anchor?.kind === "script")
    return isCut ? (
      <p className="place faint">The words were cut: “{anchor.quote}”</p>
    ) : (
      <button type="button" className="place cut" onClick={onGo} title="Show in the script">
        “{anchor.quote}”
      </button>
    );
  if (words === "") return null;
  return (
    <button type="button" className="place cut" onClick={onGo}>
      {words}
    </button>
  );
}

function useGoTo(comment: Comment): () => void {
  const [, show] = useView();
  const { selectShots } = useSelection();
  return () => {
    if (comment.shotId !== undefined) {
      selectShots([comment.shotId]);
      if (comment.anchor?.kind === "set") lookAsked.set(comment.anchor);
      show(comment.anchor?.kind === "set" ? "3d" : "board");
    } else if (comment.frame !== undefined) {
      goTo(comment.frame);
      show("timeline");
    } else if (comment.anchor?.kind === "script") {
      show("script");
      openThread(comment.id);
    }
  };
}

function Reply({ to }: { to: string }) {
  const { doc, edit, me } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen)
    return (
      <Button size="small" look="quiet" onClick={() => setIsOpen(true)}>
        <CornerDownRight className="small" /> Reply
      </Button>
    );
  return (
    <ReplyField
      onSend={(text) => replyTo(doc, to, { text, at: new Date() }, me, edit) !== null}
      onClose={() => setIsOpen(false)}
    />
  );
}
