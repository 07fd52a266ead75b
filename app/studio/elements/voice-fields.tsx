import { Volume2 } from "lucide-react";
import type { Voice } from "#domain/film/element.ts";
import { Button } from "#app/ui/button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { RangeRow } from "./range-row.tsx";

/** Of the usual voice. */
const factors = [0.5, 1.6, 0.05] as const;
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
      <RangeRow
        label="Voice"
        range={factors}
        value={now.pitch}
        words={(pitch) => (pitch < 0.9 ? "low" : pitch > 1.1 ? "high" : "middle")}
        disabled={disabled}
        onChange={(pitch) => set({ pitch })}
      />
      <RangeRow
        label="Pace"
        range={factors}
        value={now.rate}
        words={(rate) => (rate < 0.9 ? "slow" : rate > 1.1 ? "quick" : "usual")}
        disabled={disabled}
        onChange={(rate) => set({ rate })}
      />
      <Button look="quiet" size="small" onClick={() => speak(now)}>
        <Volume2 />
        Hear it
      </Button>
    </div>
  );
}

/** Where there are no voices the animatic shows the words alone. */
function speak(voice: Voice): void {
  if (!("speechSynthesis" in window) || window.speechSynthesis.getVoices().length === 0)
    return toast.say("This browser has no voices: the animatic shows the words alone.");
  const words = new SpeechSynthesisUtterance("There is no lighthouse on this crossing.");
  Object.assign(words, { pitch: voice.pitch, rate: voice.rate });
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(words);
}
