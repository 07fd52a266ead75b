import { MessageSquare } from "lucide-react";
import { useMemo, useState } from "react";
import { threadsOf } from "#domain/film/comments.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { SegmentedControl } from "#app/ui/segmented-control.tsx";
import { CommentComposer } from "./comment-composer.tsx";
import { CommentThread } from "./comment-thread.tsx";
import { commentsState } from "./comments-state.ts";
import "./comments.css";

const filters = [
  { id: "open", name: "Open" },
  { id: "all", name: "All" },
] as const;
type Filter = (typeof filters)[number]["id"];

/** What people said about the film, newest first, and a place to say something. */
export function CommentsPanel() {
  const { mayComment } = useSession();
  const comments = useFilm((film) => film.comments);
  const openId = useStore(commentsState, (state) => state.openId);
  const [filter, setFilter] = useState<Filter>("open");
  const threads = useMemo(() => threadsOf(comments), [comments]);
  const openCount = threads.filter(({ first }) => !first.resolved).length;
  const shown = threads.filter(({ first }) => filter === "all" || !first.resolved || first.id === openId);
  return (
    <>
      <div className="panel-head">
        <h2>Comments</h2>
        <span className="faint small num">{openCount > 0 ? `${openCount} open` : ""}</span>
        <span className="end">
          <SegmentedControl label="Which comments" segments={filters} value={filter} onChange={setFilter} />
        </span>
      </div>
      {mayComment ? <CommentComposer /> : null}
      {shown.length === 0 ? (
        <EmptyState icon={<MessageSquare />} place="top">
          {threads.length > 0
            ? "Everything that was said is resolved."
            : mayComment
              ? "Nobody has said anything yet. Select words in the script, or a shot, and say what you think."
              : "Nobody has said anything yet."}
        </EmptyState>
      ) : (
        <ol className="comments">
          {shown.map((thread) => (
            <CommentThread key={thread.first.id} thread={thread} isOpen={thread.first.id === openId} />
          ))}
        </ol>
      )}
    </>
  );
}
