/** Reads a script's shots with a language model where one is set, by rules where none is or it has nothing to say. */
import type { Element } from "#domain/film/element.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Breakdown, ParseMode } from "#domain/screenplay/breakdown.ts";
import {
  breakdownInstructions,
  breakdownQuestion,
  mendBreakdown,
  ModelBreakdown,
  type ScriptPart,
} from "#domain/screenplay/breakdown/breakdown-by-model.ts";
import { noModelReadings } from "#domain/screenplay/breakdown/known-passages.ts";
import { modelReadingsOf } from "#domain/screenplay/breakdown/model-readings.ts";
import { ScriptReading } from "#domain/screenplay/script-reading.ts";
import type { StudioParts } from "../studio-parts.ts";
import { openLanguageModel, type Answer, type LanguageModel } from "./llm.ts";

export interface AiParseWish {
  text: string;
  mode?: ParseMode;
  /** The first scene to ask about, from 0. */
  from: number;
  /** Ask about what a model read before, too. */
  again: boolean;
  /** Of the caller, who may go away. */
  signal?: AbortSignal;
}

export interface AiParsed extends Breakdown {
  model?: string;
  /** What was not read by the model, and why. */
  note?: string;
  /** How far it came: scenes `from` up to `to` of `of`. Ask again from `to` for the rest. */
  read: { from: number; to: number; of: number };
}

/** Questions that wait for the model at once. */
const atOnce = 3;
/** A call begins no more questions after so long: proxies lose patience, and whoever waits can go on from there. */
const askingSeconds = 40;
const mostQuestions = 60;

/** @returns a breakdown in any case; `parser` says whether anything of it was read by the model */
export async function readWithModel(
  parts: Pick<StudioParts, "env" | "log" | "now">,
  film: Film,
  wish: AiParseWish,
): Promise<AiParsed> {
  const reading = new ScriptReading(wish.text, {
    fps: film.meta.fps,
    ...(wish.mode === undefined ? {} : { mode: wish.mode }),
    known: wish.again ? noModelReadings : modelReadingsOf(film),
    from: wish.from,
  });
  const { llm } = parts.env;
  const of = reading.script.scenes.length;
  if (llm === undefined) {
    const note = "No language model is set up in this studio. Read by rules.";
    return { ...finished(reading), note, read: { from: wish.from, to: of, of } };
  }
  const model = openLanguageModel(llm);
  const asked = await askAll(parts, model, reading, film.elements, wish.signal);
  const next = reading.questions[asked.begun]?.[0]?.sceneAt;
  const to = asked.isOver || next === undefined ? of : Math.min(of, Math.max(next, wish.from + 1));
  const read = { from: Math.min(wish.from, of), to, of };
  const breakdown = finished(reading);
  const note = noteOf(reading, read, asked.failure);
  return {
    ...breakdown,
    ...(breakdown.parser === "llm" ? { model: model.model.slice(0, 200) } : {}),
    ...(note === undefined ? {} : { note }),
    read,
  };
}

function finished(reading: ScriptReading): Breakdown {
  const scenes = reading.scenes();
  const byModel = scenes.some((scene) => scene.shots.some((shot) => shot.read?.passage !== undefined));
  return { scenes, parser: byModel ? "llm" : "rules", mode: reading.script.mode };
}

type Failure = Extract<Answer<unknown>, { status: "failed" }>;

/** @returns how many questions were begun, what went wrong last, and whether that makes further ones idle */
async function askAll(
  parts: Pick<StudioParts, "log" | "now">,
  model: LanguageModel,
  reading: ScriptReading,
  elements: readonly Element[],
  signal: AbortSignal | undefined,
): Promise<{ begun: number; failure: Failure | null; isOver: boolean }> {
  const { questions } = reading;
  const { names } = reading.script.people;
  const last = parts.now() + askingSeconds * 1000;
  let begun = 0;
  let failure: Failure | null = null;
  let isOver = false;
  const askOn = async () => {
    while (begun < Math.min(questions.length, mostQuestions) && !isOver && parts.now() < last) {
      if (signal?.aborted === true) return;
      const question = questions[begun] as readonly ScriptPart[];
      begun += 1;
      const answer = await model.ask({
        name: "breakdown",
        system: breakdownInstructions,
        user: breakdownQuestion(question, elements, names),
        schema: ModelBreakdown,
        mend: (json, cutOff) => mendBreakdown(json, cutOff, question),
        maxTokens: 4096,
        ...(signal === undefined ? {} : { signal }),
      });
      if (answer.status === "answered") reading.answer(question, answer.value.scenes, answer.cutOff);
      else {
        parts.log.warn(
          { why: answer.why, detail: answer.detail, model: model.model },
          "scenes were not read by the model",
        );
        failure = answer;
        // One answer of the wrong shape may be followed by better ones; a model that is not there is not.
        if (answer.why !== "unreadable") isOver = true;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  return { begun, failure, isOver };
}

function noteOf(reading: ScriptReading, read: AiParsed["read"], failure: Failure | null): string | undefined {
  const { questions } = reading;
  if (questions.length === 0)
    return read.of > read.from ? "The model has read all of this before. Ask again to have it read anew." : undefined;
  const parts = questions.flat().filter(({ sceneAt }) => sceneAt < read.to);
  const open = new Set(parts.flatMap((part) => (reading.isWhole(part) ? [] : [part.sceneAt])));
  const scenes = new Set(parts.map(({ sceneAt }) => sceneAt)).size;
  const why =
    failure?.sentence ??
    (reading.brokeOff ? "The language model's answer broke off." : "The language model left some scenes out.");
  const unread =
    open.size === 0
      ? []
      : [
          open.size === scenes && scenes === read.of
            ? `${why} Read by rules instead.`
            : `${why} ${open.size === 1 ? "One scene was" : `${open.size} of ${scenes} scenes were`} read by rules.`,
        ];
  const rest = read.to < read.of ? [`The model has come to scene ${read.to} of ${read.of}; go on from there.`] : [];
  return [...unread, ...rest].join(" ") || undefined;
}
