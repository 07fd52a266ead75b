import { useMemo, useState } from "react";
import { cutShot, naturalCut, type Cut, type Half } from "#domain/film/cut-shot.ts";
import type { Shot } from "#domain/film/shot.ts";
import { timecode, type FrameRate } from "#domain/time.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Slider } from "#app/ui/slider.tsx";
import { cardText, nameWords } from "./shot-words.ts";
import "./split-dialog.css";

/** Where a shot is cut in two: ahead of a line, or at a share of its length. Both halves are shown as they would be. */
export function SplitDialog({
  shot,
  fps,
  onSplit,
  onClose,
}: {
  shot: Shot;
  fps: FrameRate;
  onSplit(cut: Cut): void;
  onClose(): void;
}) {
  const [cut, setCut] = useState<Cut>(() => naturalCut(shot));
  const halves = useMemo(() => cutShot(shot, cut), [shot, cut]);
  const lines = shot.dialogue.flatMap((line, index) =>
    cutShot(shot, { line: index }) === null ? [] : [{ line, index }],
  );
  const share = "share" in cut ? cut.share : halves ? halves[0].durationFrames / shot.durationFrames : 0.5;
  const split = () => {
    onSplit(cut);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Split shot ${shot.number}`}
      description="The first half keeps the takes, the second is a new shot."
      width={520}
      foot={
        <>
          <span className="grow faint">The first half keeps the takes.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={halves === null} onClick={split}>
            Split
          </Button>
        </>
      }
    >
      <div className="split-dialog">
        {lines.length > 0 ? (
          <div className="split-lines" role="radiogroup" aria-label="Ahead of a line">
            {lines.map(({ line, index }) => (
              <label key={index} className="split-line">
                <input
                  type="radio"
                  name="split-at"
                  checked={"line" in cut && cut.line === index}
                  onChange={() => setCut({ line: index })}
                />
                <span className="cut">
                  Ahead of <b>{nameWords(line.character)}</b> “{line.text}”
                </span>
              </label>
            ))}
          </div>
        ) : null}
        <div className="split-share">
          <span>{lines.length > 0 ? "Or at" : "At"}</span>
          <Slider
            label="Share of the length, in percent"
            min={5}
            max={95}
            value={Math.round(share * 100)}
            onChange={(percent) => setCut({ share: percent / 100 })}
          />
          <span className="num dim">{Math.round(share * 100)}%</span>
        </div>
        <div className="split-halves">
          {halves?.map((half, index) => (
            <HalfFace key={index} half={half} fps={fps} isFirst={index === 0} />
          ))}
        </div>
      </div>
    </Dialog>
  );
}

function HalfFace({ half, fps, isFirst }: { half: Half; fps: FrameRate; isFirst: boolean }) {
  const text = cardText(half);
  return (
    <section className="split-half" aria-label={isFirst ? "First half" : "Second half"}>
      <header>
        <b>{isFirst ? "First" : "Second"}</b>
        <span className="faint num">{timecode(half.durationFrames, fps)}</span>
      </header>
      <p className={text === "" ? "faint" : "dim"}>{text === "" ? "Nothing is written here yet." : text}</p>
    </section>
  );
}
