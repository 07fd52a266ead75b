import { FileDown } from "lucide-react";
import { useRef, useState } from "react";
import { replaceByFile } from "#domain/film/replace-by-file.ts";
import { readLineEnds, writeLineEnds } from "#domain/screenplay/fountain/line-ends.ts";
import { openExport } from "#app/studio/export/open-export.ts";
import { documentPath } from "#app/studio/export/documents.ts";
import { downloadDocument, saveText } from "#app/studio/export/save-file.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm, useReadFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu, type MenuItems } from "#app/ui/menu.tsx";
import { toast } from "#app/ui/toast.tsx";
import "./script-file-menu.css";
import { bringScript, scriptFileTypes, type BroughtScript } from "./import-file.ts";

/** The script's way in from a file, and out into one. */
export function ScriptFileMenu() {
  const { doc, edit, mayEdit, projectId, undo } = useSession();
  const readFilm = useReadFilm();
  const isEmpty = useFilm((film) => film.screenplay.trim() === "");
  const picker = useRef<HTMLInputElement>(null);
  const [brought, setBrought] = useState<BroughtScript | null>(null);

  const saveFountain = () => {
    const { screenplay, meta } = readFilm();
    saveText(writeLineEnds(screenplay, meta), meta.title, "fountain");
  };
  const saveFinalDraft = async () => {
    try {
      await downloadDocument(documentPath(projectId, "script-fdx", { paper: "letter", sceneNumbers: "none" }));
    } catch (error) {
      toast.wrong(sentenceOf(error));
    }
  };
  const put = (script: BroughtScript) => {
    setBrought(null);
    gesture(undo, () => replaceByFile(doc, readLineEnds(script.written), edit));
    toast.say(["The script is in.", ...script.notes].join(" "));
  };
  const take = async (file: File | undefined) => {
    if (!file) return;
    const answer = await bringScript(file);
    if (answer.status === "refused") toast.wrong(answer.sentence);
    else if (isEmpty) put(answer.script);
    else setBrought(answer.script);
  };
  const items: MenuItems = [
    ...(mayEdit
      ? [
          {
            name: "Import a file …",
            run: () => picker.current?.click(),
          },
          "line" as const,
        ]
      : []),
    { label: "Download" },
    { name: "Fountain", disabled: isEmpty, run: saveFountain },
    { name: "Final Draft", disabled: isEmpty, run: () => void saveFinalDraft() },
    { name: "PDF …", disabled: isEmpty, run: () => openExport("script-pdf") },
    { name: "More formats …", run: () => openExport("script-txt") },
  ];
  return (
    <>
      <Menu items={items} align="end">
        <IconButton name="Import and download" size="small">
          <FileDown className="small" />
        </IconButton>
      </Menu>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="Script file"
        accept={scriptFileTypes}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {brought ? (
        <ReplaceScript script={brought} onClose={() => setBrought(null)} onReplace={() => put(brought)} />
      ) : null}
    </>
  );
}

function ReplaceScript({ script, onClose, onReplace }: { script: BroughtScript; onClose(): void; onReplace(): void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Replace the script with “${script.title}”?`}
      width={460}
      foot={
        <>
          <Button look="quiet" onClick={onClose}>
            Keep this script
          </Button>
          <Button look="primary" autoFocus onClick={onReplace}>
            Replace
          </Button>
        </>
      }
    >
      <p className="dim">
        The page changes for everybody who writes here. Lines that are in both stay, with their comments; shots and
        takes stay on the board until you take over what changed. Undo brings this script back.
      </p>
      {script.notes.length > 0 ? (
        <ul className="import-notes">
          {script.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  );
}
