import { Download, ListVideo } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm, useReadFilm } from "#app/studio/session/use-film.ts";
import { usePeersSlice } from "#app/studio/session/use-peers.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { AvatarStack, type Person } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { EmptyScript } from "./empty-script.tsx";
import { lineNames } from "./line-names.ts";
import { openScriptEditor, type CaretNews, type ScriptEditor } from "./script-editor.ts";
import { onShowInScript } from "./show-in-script.ts";
import "./script-view.css";

const ScriptReview = lazy(() => import("./script-review.tsx").then((module) => ({ default: module.ScriptReview })));

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

  useEffect(() => {
    if (!paper.current) return undefined;
    const opened = openScriptEditor({ parent: paper.current, session, onCaret: setCaret, onRefused: toast.wrong });
    editor.current = opened;
    const stopListening = onShowInScript((scene) => opened.showScene(scene));
    return () => {
      stopListening();
      opened.destroy();
      editor.current = null;
    };
  }, [session]);

  const startTyping = useCallback(() => {
    setSkipsStart(true);
    editor.current?.focus();
  }, []);
  const showsStart = isEmpty && session.mayEdit && !skipsStart;
  const people = useWriters();

  return (
    <div className="script-view">
      <div className="panel-head">
        <h2>Script</h2>
        <span className="faint small cut">{isEmpty ? "" : lineNames[caret.kind]}</span>
        <span className="end">
          {people.length > 0 ? <AvatarStack people={people} size="small" label="In the script now" /> : null}
          <DownloadScript />
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
      <StatusBar caret={caret} />
      {reviews ? (
        <Suspense fallback={null}>
          <ScriptReview onClose={() => setReviews(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** What will be there: two lines of a page, faint. */
function GhostPage() {
  return (
    <div className="ghost-page" aria-hidden="true">
      {
        "EXT. HARBOUR - DUSK\n\nRain hisses on black water. A small car ferry strains at its ropes.\n\n                 MAYA\n          (calling out)\n     Wait! One more!"
      }
    </div>
  );
}

const linesPerPage = 55;

function StatusBar({ caret }: { caret: CaretNews }) {
  const screenplay = useFilm((film) => film.screenplay);
  const { words, pages } = useMemo(() => measure(screenplay), [screenplay]);
  const page = Math.min(pages, Math.max(1, Math.ceil(caret.line / linesPerPage)));
  return (
    <div className="script-status num">
      <span>
        Page {page} of {pages}
      </span>
      <span>{words === 1 ? "1 word" : `${words.toLocaleString("en-GB")} words`}</span>
      <span className="wide">A line in CAPITALS over a speech is a character; INT. or EXT. begins a scene</span>
      <span className="format">Fountain</span>
    </div>
  );
}

function measure(text: string): { words: number; pages: number } {
  const lines = text.split("\n");
  // A line of 61 Courier characters is full; longer ones wrap.
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 61)), 0);
  return { words: text.match(/\S+/g)?.length ?? 0, pages: Math.max(1, Math.ceil(rows / linesPerPage)) };
}

function DownloadScript() {
  const readFilm = useReadFilm();
  const isEmpty = useFilm((film) => film.screenplay === "");
  const download = () => {
    const { screenplay, meta } = readFilm();
    const url = URL.createObjectURL(new Blob([screenplay], { type: "text/plain;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${meta.title.replace(/[^\p{L}\p{N} -]+/gu, "").trim() || "script"}.fountain`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <IconButton name="Download as Fountain" size="small" disabled={isEmpty} onClick={download}>
      <Download className="small" />
    </IconButton>
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
