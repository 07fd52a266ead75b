import type { Element } from "#domain/film/element.ts";
import type { DialogueLine } from "#domain/film/shot.ts";
import { scratchVoice } from "./animatic-plan.ts";

/** Lines read aloud by the browser's own voices. Where it has none, an animatic is silent and keeps its lengths. */
export interface ScratchVoices {
  say(lines: readonly DialogueLine[]): void;
  hush(): void;
  pause(): void;
  resume(): void;
}

export function hasVoices(): boolean {
  return typeof speechSynthesis !== "undefined" && speechSynthesis.getVoices().length > 0;
}

/** @param elements  read at each line, for voices that people gave */
export function scratchVoices(elements: () => readonly Element[]): ScratchVoices {
  if (typeof speechSynthesis === "undefined")
    return { say: () => undefined, hush: () => undefined, pause: () => undefined, resume: () => undefined };
  return {
    say(lines) {
      speechSynthesis.cancel();
      const voices = speechSynthesis.getVoices();
      if (voices.length === 0) return;
      for (const line of lines) {
        const words = new SpeechSynthesisUtterance(line.text);
        const wish = scratchVoice(line.character, elements());
        const named =
          typeof wish.voice === "number"
            ? undefined
            : voices.find(({ name }) => typeof wish.voice === "object" && name === wish.voice.name);
        const own = voices.filter((voice) => voice.lang.startsWith(navigator.language.slice(0, 2)));
        const among = own.length > 0 ? own : voices;
        words.voice = named ?? among[(typeof wish.voice === "number" ? wish.voice : 0) % among.length] ?? null;
        words.pitch = wish.pitch;
        words.rate = wish.rate;
        speechSynthesis.speak(words);
      }
    },
    hush: () => speechSynthesis.cancel(),
    pause: () => speechSynthesis.pause(),
    resume: () => speechSynthesis.resume(),
  };
}
