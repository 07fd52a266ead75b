import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { SceneLook } from "#domain/generation/scene-look.ts";
import { type GenerationStage, generationStages } from "#domain/jobs/stages.ts";
import { Mark } from "#app/ui/mark.tsx";
import { SceneBackdrop } from "./scene-backdrop.tsx";
import { doingOf, restOf, stageName, stoppedAt } from "./stage-words.ts";
import "./scene-to-come.css";

/** How often one asks how far it is, and how seldom at most where nobody answers, milliseconds. */
const askedEvery = 3000;
const atMost = 30_000;

type Props = {
  title: string;
  prompt: string;
  look: SceneLook;
  stage: GenerationStage | null;
  unanswered?: number;
} & (
  | {
      state: "making";
      progress: number;
      /** Of the stage at work, 0 to 1. */
      stageProgress: number;
    }
  | { state: "stopped"; failed: boolean }
);

/** The page of a link whose scene is not there yet: it says how far it is, and turns into the scene by itself. */
export function SceneToCome(props: Props) {
  const { title, prompt, look, stage, state, unanswered = 0 } = props;
  useAskedAgain(Math.min(atMost, (state === "making" ? askedEvery : askedEvery * 4) * 2 ** unanswered));
  const rest = restOf(prompt, title);
  const at = stage === null ? -1 : generationStages.indexOf(stage);
  const made = (one: GenerationStage) => {
    const beyond = at - generationStages.indexOf(one);
    return beyond > 0 ? 1 : beyond === 0 && state === "making" ? props.stageProgress : 0;
  };
  return (
    <main className="scene-to-come" data-theme="dark" data-state={state}>
      <SceneBackdrop look={look} set={made("env")} cast={made("motion")} />
      <header>
        <Mark size={20} />
        <span className="strong">Backlot</span>
      </header>
      <section>
        <h1>{title}</h1>
        <p className="scene-to-come-now">
          <span aria-live="polite">{state === "making" ? doingOf(stage) : stoppedAt(stage, props.failed)}</span>
          {state === "making" && stage !== null ? (
            <span className="num" aria-hidden="true">
              {" "}
              {Math.round(props.stageProgress * 100)}%
            </span>
          ) : null}
        </p>
        <ol>
          {generationStages.map((one, index) => (
            <li key={one} data-is={index < at ? "done" : index > at ? "next" : state === "making" ? "now" : "stopped"}>
              {stageName[one]}
            </li>
          ))}
        </ol>
        {state === "making" ? (
          <>
            <progress max={1} value={props.progress} aria-label="Progress of the scene" />
            <p className="scene-to-come-leave">
              You can close this page. The scene keeps rendering, and this link will show it.
            </p>
          </>
        ) : null}
        {rest === "" ? null : <blockquote>{rest}</blockquote>}
      </section>
    </main>
  );
}

function useAskedAgain(every: number): void {
  const revalidator = useRevalidator();
  const latest = useRef(revalidator);
  latest.current = revalidator;
  useEffect(() => {
    const timer = setInterval(() => {
      // Asking anew gives up what is still awaited: a slow answer would never come.
      if (!document.hidden && latest.current.state === "idle") latest.current.revalidate();
    }, every);
    return () => clearInterval(timer);
  }, [every]);
}
