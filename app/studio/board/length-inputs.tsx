import { useEffect, useState } from "react";
import { framesToSeconds, type FrameRate } from "#domain/time.ts";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { readLength } from "./length-field.ts";
import "./length-inputs.css";

export interface LengthInputsProps {
  frames: number;
  fps: FrameRate;
  /** For screen readers: whose length this is. */
  label: string;
  disabled?: boolean;
  onCommit(frames: number): void;
}

/** A shot's length in frames and in seconds, side by side; a length that cannot be is refused with a sentence. */
export function LengthInputs({ frames, fps, label, disabled, onCommit }: LengthInputsProps) {
  const faces = { frames: String(frames), seconds: String(Number(framesToSeconds(frames, fps).toFixed(2))) };
  const [draft, setDraft] = useState<{ unit: "frames" | "seconds"; text: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setDraft(null);
    setProblem(null);
  }, [frames]);

  const change = (unit: "frames" | "seconds", text: string) => {
    setDraft({ unit, text });
    setProblem(readLength(text, unit, fps).problem);
  };
  const leave = () => {
    if (!draft) return;
    const read = readLength(draft.text, draft.unit, fps);
    if (read.problem !== null) return;
    setDraft(null);
    if (read.frames !== frames) onCommit(read.frames);
  };
  const field = (unit: "frames" | "seconds") => (
    <span className="ui-number" data-unit="true">
      <input
        className="ui-input"
        inputMode="decimal"
        aria-label={`${label} in ${unit}`}
        aria-invalid={problem !== null && draft?.unit === unit ? true : undefined}
        disabled={disabled}
        value={draft?.unit === unit ? draft.text : faces[unit]}
        onChange={(event) => change(unit, event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (enterPressed(event)) leave();
          if (event.key === "Escape") {
            setDraft(null);
            setProblem(null);
          }
        }}
      />
      <span className="unit">{unit === "frames" ? "f" : "s"}</span>
    </span>
  );
  return (
    <div className="length-inputs">
      <div className="length-inputs-row">
        {field("frames")}
        {field("seconds")}
      </div>
      {problem ? (
        <span className="length-inputs-wrong" role="alert">
          {problem}
        </span>
      ) : null}
    </div>
  );
}
