import { ListVideo, Search } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import type { ChangedLines } from "#domain/screenplay/reparse/places.ts";
import { ScriptMoved } from "#app/studio/breakdown-review/script-moved.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useProposalSlice } from "#app/studio/session/use-live-proposal.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { usePeersSlice } from "#app/studio/session/use-peers.ts";
import { useShown } from "#app/studio/shell/use-view.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { lineKinds, type LineKind } from "#domain/screenplay/fountain/line-kinds.ts";
import { useShortcuts } from "#app/studio/shell/keyboard.ts";
import { AvatarStack, type Person } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { EmptyScript } from "./empty-script.tsx";
import { lineNames } from "./line-names.ts";
import { LineTypeMenu } from "./line-type-menu.tsx";
import { openScriptEditor, type CaretNews, type ScriptEditor } from "./script-editor.ts";
import { ScriptStatus } from "./script-status.tsx";
import { ScriptFileMenu } from "./script-file-menu.tsx";
import { onShowInScript } from "./show-in-script.ts";
import { useMargin } from "./use-margin.ts";
import "./page.css";
import "./script-view.css";

const ScriptReview = lazy(() => import("./script-review.tsx").then((module) => ({ default: module.ScriptReview })));

const noLines: ChangedLines[] = [];

/** The page everybody writes on. */
export function ScriptView() {
  const session = useSession();
  const isEmpty = useFilm((film) => film.screenplay.trim() === "");
  const shotCount = useFilm((film) => film.shots.length);
  const [skipsStart, setSkipsStart] = useState(false);
  const [reviews, setReviews] = useState(false);
  const [caret, setCaret] = useState<CaretNews>({ kind: "blank", line: 1 });
  const paper = useRef<HTMLDivElement>(null);
  const editor = useRef<ScriptEditor | null>(null);

  const latest = useRef<ReturnType<typeof useMargin> | null>(null);

  useEffect(() => {
    if (!paper.current) return undefined;
    const opened = openScriptEditor({
      parent: paper.current,
      session,
      onCaret: setCaret,
      margin: {
        onLine: (line) => latest.current?.onLine(line),
        onShots: ({ shotIds }) => latest.current?.onShots(shotIds),
      },
      onRefused: toast.wrong,
    });
    editor.current = opened;
    const stopListening = onShowInScript((line) => opened.showLine(line));
    return () => {
      stopListening();
      opened.destroy();
      editor.current = null;
    };
  }, [session]);

  const changed = useProposalSlice((live) => (live?.differs ? live.changedLines : noLines));
  useEffect(() => editor.current?.markChanged(changed), [changed, session]);

  const { shown } = useShown();

  // Behind the effect that opens the page: what the margin says first needs it.
  latest.current = useMargin(editor);

  const startTyping = useCallback(() => {
    setSkipsStart(true);
    editor.current?.focus();
  }, []);
  const setKind = useCallback((kind: LineKind) => {
    if (!editor.current?.setKind(kind)) toast.wrong(notThat(kind));
  }, []);
  // The menu gives the focus back to its button as it closes; one who picked a kind goes on writing.
  const pickKind = (kind: LineKind) => {
    setKind(kind);
    requestAnimationFrame(() => editor.current?.focus());
  };
  useShortcuts([
    { keys: "Ctrl+F", name: "Find and replace", group: "Script", run: () => editor.current?.find() },
    { keys: "Alt+Enter", name: "The shot of this line", group: "Script", run: () => editor.current?.pickLine() },
    ...(session.mayEdit
      ? lineKinds.map((kind, index) => ({
          keys: `Ctrl+${index + 1}`,
          name: lineNames[kind],
          group: "Script",
          run: () => setKind(kind),
        }))
      : []),
  ]);
  const showsStart = isEmpty && session.mayEdit && !skipsStart;
  const people = useWriters();

  return (
    <div className="script-view">
      <div className="panel-head">
        <h2>Script</h2>
        {session.mayEdit ? <LineTypeMenu kind={caret.kind} onPick={pickKind} /> : null}
        <span className="end">
          {people.length > 0 ? <AvatarStack people={people} size="small" label="In the script now" /> : null}
          <IconButton name="Find and replace" shortcut="Ctrl+F" size="small" onClick={() => editor.current?.find()}>
            <Search className="small" />
          </IconButton>
          <ScriptFileMenu />
          {session.mayEdit ? (
            <Button
              size="small"
              look={shotCount === 0 && !isEmpty ? "primary" : "plain"}
              disabled={isEmpty}
              onClick={() => setReviews(true)}
            >
              <ListVideo className="small" />
              Parse into shots
            </Button>
          ) : null}
        </span>
      </div>
      <div className="paper" data-empty={isEmpty} data-may-edit={session.mayEdit}>
        <div ref={paper} className="editor" />
        {isEmpty ? <GhostPage /> : null}
        {showsStart ? <EmptyScript onDone={startTyping} /> : null}
      </div>
      {/* Below the page, so that what somebody is writing does not jump when it comes and goes. */}
      {shown.beside === null ? <ScriptMoved /> : null}
      <ScriptStatus caretLine={caret.line} mayEdit={session.mayEdit} />
      {reviews ? (
        <Suspense fallback={null}>
          <ScriptReview onClose={() => setReviews(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function notThat(kind: LineKind): string {
  return kind === "dialogue" || kind === "parenthetical"
    ? "Nobody speaks above this line. Write a name first, and what is said under it."
    : `This line can't become a ${lineNames[kind].toLowerCase()}: the title page and notes stay what they are.`;
}

/** What will be there: two lines of a page, faint. */
function GhostPage() {
  return (
    <div className="ghost-page" aria-hidden="true">
      {
        "EXT. HARBOUR - DUSK\n\nRain hisses on black water. A small car ferry strains at its ropes.\n\n                      MAYA\n                (calling out)\n          Wait! One more!"
      }
    </div>
  );
}

function useWriters(): Person[] {
  return usePeersSlice(
    (peers) =>
      peers.flatMap(({ presence, isMe }) =>
        isMe || presence.view !== "script"
          ? []
          : [{ id: presence.user.id, name: presence.user.name, color: presence.user.color }],
      ),
    (a, b) => shareStructure(a, b) === a,
  );
}
