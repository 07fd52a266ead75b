import { Volume2 } from "lucide-react";
import type { Voice } from "#domain/film/element.ts";
import { Button } from "#app/ui/button.tsx";

const usual: Voice = { name: "", pitch: 1, rate: 1 };

/** How the scratch voice of the animatic reads somebody's lines. */
export function VoiceFields({
  voice,
  disabled,
  onChange,
}: {
  voice: Voice | undefined;
  disabled: boolean;
  onChange(voice: Voice | undefined): void;
}) {
  const now = voice ?? usual;
  const set = (patch: Partial<Voice>) => {
    const next = { ...now, ...patch };
    onChange(next.name === "" && next.pitch === 1 && next.rate === 1 ? undefined : next);
  };
  return (
    <div className="element-voice" role="group" aria-label="Voice">
      <label className="element-look-row">
        <span>Voice</span>
        <input
          type="range"
          min={0.5}
          max={1.6}
          step={0.05}
          value={now.pitch}
          disabled={disabled}
          onChange={(event) => set({ pitch: Number(event.target.value) })}
        />
        <span className="faint small">{now.pitch < 0.9 ? "low" : now.pitch > 1.1 ? "high" : "middle"}</span>
      </label>
      <label className="element-look-row">
        <span>Pace</span>
        <input
          type="range"
          min={0.5}
          max={1.6}
          step={0.05}
          value={now.rate}
          disabled={disabled}
          onChange={(event) => set({ rate: Number(event.target.value) })}
        />
        <span className="faint small">{now.rate < 0.9 ? "slow" : now.rate > 1.1 ? "quick" : "usual"}</span>
      </label>
      <Button look="quiet" size="small" onClick={() => speak(now)}>
        <Volume2 />
        Hear it
      </Button>
    </div>
  );
}

/** A browser without voices stays silent; the animatic then shows the words alone. */
function speak(voice: Voice): void {
  if (!("speechSynthesis" in window)) return;
  const words = new SpeechSynthesisUtterance("There is no lighthouse on this crossing.");
  Object.assign(words, { pitch: voice.pitch, rate: voice.rate });
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(words);
}
