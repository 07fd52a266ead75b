import { useState } from "react";
import { writeLineEnds } from "#domain/screenplay/fountain/line-ends.ts";
import { minutesAndSeconds } from "#domain/time.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Select } from "#app/ui/select.tsx";
import { toast } from "#app/ui/toast.tsx";
import { sentenceOf } from "../session/api.ts";
import { useSession } from "../session/film-session.tsx";
import { useFilm, useReadFilm } from "../session/use-film.ts";
import { documentPath, documents, paperOf, type DocumentId, type Paper, type SceneNumbers } from "./documents.ts";
import { FormatField, type AnyFormat } from "./format-field.tsx";
import { downloadDocument, saveText } from "./save-file.ts";

const papers = [
  { id: "letter", name: "US letter" },
  { id: "a4", name: "A4" },
] as const;
const numbers = [
  { id: "none", name: "No scene numbers" },
  { id: "left", name: "Scene numbers at the left" },
  { id: "both", name: "Scene numbers on both sides" },
] as const;

/** A document of the script or the board: what it holds, what can be chosen, and the button that saves it. */
export function DocumentExport({
  format,
  onFormat,
  onClose,
}: {
  format: DocumentId;
  onFormat(format: AnyFormat): void;
  onClose(): void;
}) {
  const { projectId } = useSession();
  const readFilm = useReadFilm();
  const [paper, setPaper] = useState<Paper>(() => paperOf(navigator.language));
  const [sceneNumbers, setSceneNumbers] = useState<SceneNumbers>("none");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const kind = documents[format];
  const holds = useHolds(kind.of);

  const save = async () => {
    setProblem(null);
    setBusy(true);
    try {
      const { screenplay, meta } = readFilm();
      // The page as it is on this machine, also while nobody can be asked.
      if (format === "script-fountain") saveText(writeLineEnds(screenplay, meta), meta.title, kind.ending);
      else {
        const note = await downloadDocument(documentPath(projectId, format, { paper, sceneNumbers }));
        if (note) toast.say(note);
      }
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={kind.of === "script" ? "Export the script" : "Export the board"}
      description="Writes a document to download."
      width={520}
      foot={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" autoFocus disabled={busy || holds.lack !== null} onClick={() => void save()}>
            {busy ? "Writing it …" : `Download .${kind.ending}`}
          </Button>
        </>
      }
    >
      <dl className="export-facts">
        <FormatField value={format} holds={kind.holds} onChange={onFormat} />
        <dt>Holds</dt>
        <dd className="num">{holds.words}</dd>
        {kind.choices.includes("paper") ? (
          <>
            <dt>Paper</dt>
            <dd>
              <Select label="Paper" options={papers} value={paper} onChange={setPaper} />
            </dd>
          </>
        ) : null}
        {kind.choices.includes("sceneNumbers") ? (
          <>
            <dt>Numbers</dt>
            <dd>
              <Select label="Scene numbers" options={numbers} value={sceneNumbers} onChange={setSceneNumbers} />
            </dd>
          </>
        ) : null}
      </dl>
      {holds.lack === null ? null : <p className="export-note">{holds.lack}</p>}
      {problem ? (
        <p className="export-note wrong" role="alert">
          {problem}
        </p>
      ) : null}
    </Dialog>
  );
}

/** What there is to write, and why it cannot be written where that is nothing. */
function useHolds(of: "script" | "board"): { words: string; lack: string | null } {
  const film = useFilm(({ screenplay, scenes, shots, meta }) => ({ screenplay, scenes, shots, meta }));
  if (of === "script") {
    const words = film.screenplay.match(/\S+/g)?.length ?? 0;
    return {
      words: words === 1 ? "1 word" : `${words.toLocaleString("en-GB")} words`,
      lack: words === 0 ? "There is nothing in the script yet. Write or bring one first." : null,
    };
  }
  const frames = film.shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  const count = (n: number, noun: string) => (n === 1 ? `1 ${noun}` : `${n.toLocaleString("en-GB")} ${noun}s`);
  return {
    words: `${count(film.scenes.length, "scene")}, ${count(film.shots.length, "shot")}, ${minutesAndSeconds(frames, film.meta.fps)}`,
    lack: film.shots.length === 0 ? "There are no shots on the board yet. Parse the script into shots first." : null,
  };
}
