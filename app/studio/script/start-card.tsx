import { Clipboard, FileDown } from "lucide-react";
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { Select } from "#app/ui/select.tsx";
import { TextArea } from "#app/ui/text-field.tsx";
import { draftLengths, titleOf, writeFirstDraft, type DraftLength } from "./first-draft.ts";
import { bringScript, scriptFileTypes } from "./import-file.ts";
import { bytesOf, tooLarge, withPlainLineEnds } from "./script-size.ts";
import { titleOfScript } from "./script-title.ts";
import sampleStill from "../../../sample/media/1a.jpg";
import "./start-card.css";

export interface Beginning {
  title: string;
  /** Of a file with its line ends and mark, as it was written. */
  screenplay: string;
  /** What was done to the file, in sentences. */
  notes?: string[];
}

export interface StartCardProps {
  /** A page is there: drafted, pasted or read from a file. */
  onBegin(beginning: Beginning): void;
  /** Opens the sample film; left out where it makes no sense. */
  onSample?(): void;
  busy?: boolean;
  problem?: string | null;
  foot?: ReactNode;
  /** Begins with the field for pasting open. */
  pasting?: boolean;
}

/** One question, and the ways in. */
export function StartCard({ onBegin, onSample, busy = false, problem = null, foot, pasting = false }: StartCardProps) {
  const [idea, setIdea] = useState("");
  const [length, setLength] = useState<DraftLength>("one");
  const [isPasting, setIsPasting] = useState(pasting);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isOver, setIsOver] = useState(false);
  const [isReading, setIsReading] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  const draft = () => {
    if (idea.trim() === "") return setWrong("Say in a sentence what happens, or choose another way below.");
    onBegin({ title: titleOf(idea), screenplay: writeFirstDraft(idea, length) });
  };
  const takeFile = async (file: File | undefined) => {
    if (!file || isReading) return;
    setWrong(null);
    setIsReading(true);
    const answer = await bringScript(file);
    setIsReading(false);
    if (answer.status === "refused") return setWrong(answer.sentence);
    const { title, written, notes } = answer.script;
    onBegin({ title, screenplay: written, notes });
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void takeFile(event.dataTransfer.files[0]);
  };

  return (
    <section
      className="start-card"
      data-over={isOver}
      aria-label="Begin the film"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      {isPasting ? (
        <PasteScript
          busy={busy}
          onBack={() => setIsPasting(false)}
          onBegin={(text) => {
            const large = tooLarge(bytesOf(text), "The text");
            if (large) return setWrong(large);
            onBegin({ title: titleOfScript(text), screenplay: withPlainLineEnds(text) });
          }}
        />
      ) : (
        <>
          <h1>What is the film about?</h1>
          <p className="dim">A sentence is enough. You can change every word of what comes back.</p>
          <div className="idea">
            <textarea
              aria-label="The idea in a sentence"
              autoFocus
              rows={2}
              maxLength={600}
              value={idea}
              placeholder="A cellist takes the last ferry of the night, and the captain sees a lighthouse that should not be there."
              onChange={(event) => setIdea(event.target.value)}
              onKeyDown={(event) => {
                if (enterPressed(event) && !event.shiftKey) {
                  event.preventDefault();
                  draft();
                }
              }}
            />
            <div className="row">
              <Select label="Length" look="quiet" options={draftLengths} value={length} onChange={setLength} />
              <span className="grow" />
              <Button look="primary" disabled={busy} onClick={draft}>
                Write a first draft <span className="note">rule-based, free</span>
              </Button>
            </div>
          </div>
          <div className="ways" data-count={onSample ? 3 : 2}>
            <Way
              icon={<Clipboard className="large" />}
              name="Paste a script"
              words="Fountain, plain text or a numbered list"
              onClick={() => setIsPasting(true)}
            />
            {onSample ? (
              <Way
                icon={<SampleStill />}
                name="Open the sample film"
                words="Low Water, ready to play and change"
                disabled={busy}
                onClick={onSample}
              />
            ) : null}
            <Way
              icon={<FileDown className="large" />}
              name="Import a file"
              words={isReading ? "Reading it …" : "Fountain, Final Draft, PDF or text; or drop one here"}
              disabled={isReading}
              onClick={() => picker.current?.click()}
            />
          </div>
        </>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        accept={scriptFileTypes}
        onChange={(event) => {
          void takeFile(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {(wrong ?? problem) ? (
        <p className="wrong" role="alert">
          {wrong ?? problem}
        </p>
      ) : null}
      {foot ? <div className="foot small faint">{foot}</div> : null}
    </section>
  );
}

function Way(props: { icon: ReactNode; name: string; words: string; disabled?: boolean; onClick(): void }) {
  return (
    <button type="button" disabled={props.disabled} onClick={props.onClick}>
      <span className="pic">{props.icon}</span>
      <b>{props.name}</b>
      <span>{props.words}</span>
    </button>
  );
}

/** A frame of the sample itself, so that what is promised is what opens. */
function SampleStill() {
  return <img src={sampleStill} alt="" />;
}

function PasteScript({ busy, onBack, onBegin }: { busy: boolean; onBack(): void; onBegin(text: string): void }) {
  const [text, setText] = useState("");
  return (
    <>
      <h1>Paste a script</h1>
      <TextArea
        label="The script"
        hideLabel
        className="pasted"
        rows={12}
        autoFocus
        value={text}
        placeholder={"INT. FERRY - PASSENGER LOUNGE - NIGHT\n\nClose on a brass clock above the bar."}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <Button look="quiet" onClick={onBack}>
          Back
        </Button>
        <span className="grow" />
        <Button look="primary" disabled={busy || text.trim() === ""} onClick={() => onBegin(text)}>
          Use this script
        </Button>
      </div>
    </>
  );
}
