import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Shot } from "#domain/film/shot.ts";
import { framesToSeconds, type Frames, type FrameRate } from "#domain/time.ts";
import { useReadFilm } from "#app/studio/session/use-film.ts";
import { animaticOf, indexAt, type AnimaticShot } from "./animatic-plan.ts";
import { hasVoices, scratchVoices } from "./scratch-voices.ts";

export interface AnimaticPlayer {
  plan: readonly AnimaticShot[];
  /** Place of the shot that is seen; -1 on an empty board. */
  index: number;
  frame: Frames;
  length: Frames;
  isPlaying: boolean;
  isVoiced: boolean;
  /** The browser has voices to read with. */
  canSpeak: boolean;
  toggle(): void;
  goTo(frame: Frames): void;
  /** To the start of the shot before or after. */
  step(by: -1 | 1): void;
  setVoiced(voiced: boolean): void;
}

/** Plays the board on a clock of its own; the timeline and its playhead know nothing of it. */
export function useAnimatic(shots: readonly Shot[], fps: FrameRate, startId: string | null): AnimaticPlayer {
  const readFilm = useReadFilm();
  const plan = useMemo(() => animaticOf(shots), [shots]);
  const length = plan.at(-1)?.to ?? 0;
  const voices = useMemo(() => scratchVoices(() => readFilm().elements), [readFilm]);
  const [frame, setFrame] = useState(() => plan.find(({ shot }) => shot.id === startId)?.from ?? 0);
  const [isPlaying, setPlaying] = useState(true);
  const [isVoiced, setVoiced] = useState(true);
  const [canSpeak, setCanSpeak] = useState(hasVoices);
  const at = useRef(frame);
  const index = indexAt(plan, frame);
  const lines = plan[index]?.shot.dialogue;
  const shotId = plan[index]?.shot.id;

  useEffect(() => {
    if (typeof speechSynthesis === "undefined") return;
    const heard = () => setCanSpeak(hasVoices());
    speechSynthesis.addEventListener("voiceschanged", heard);
    return () => speechSynthesis.removeEventListener("voiceschanged", heard);
  }, []);

  useEffect(() => {
    if (!isPlaying) return;
    let last = performance.now();
    let wake = requestAnimationFrame(function tick(now) {
      at.current = Math.min(length, at.current + (Math.max(0, now - last) / 1000) * framesPerSecond(fps));
      last = now;
      setFrame(Math.floor(at.current));
      if (at.current >= length) setPlaying(false);
      else wake = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(wake);
  }, [isPlaying, length, fps]);

  // A shot's lines begin with it and end with it at the latest.
  useEffect(() => {
    if (isPlaying && isVoiced && lines) voices.say(lines);
    return () => voices.hush();
  }, [voices, isPlaying, isVoiced, shotId, lines]);

  const goTo = useCallback(
    (to: Frames) => {
      at.current = Math.max(0, Math.min(length, to));
      setFrame(Math.floor(at.current));
    },
    [length],
  );
  return {
    plan,
    index,
    frame,
    length,
    isPlaying,
    isVoiced,
    canSpeak,
    goTo,
    setVoiced,
    toggle: () => {
      if (!isPlaying && at.current >= length) goTo(0);
      setPlaying(!isPlaying);
    },
    step: (by) => {
      const here = plan[index];
      // Back goes to the start of the shot first, as players do.
      const isInside = here !== undefined && frame - here.from > framesPerSecond(fps) / 2;
      const to = by < 0 && isInside ? here : plan[Math.max(0, Math.min(plan.length - 1, index + by))];
      if (to) goTo(to.from);
    },
  };
}

const framesPerSecond = (fps: FrameRate) => 1 / framesToSeconds(1, fps);
