/**
 * A script on its way through a language model: what has to be asked, what was answered, and the breakdown that follows
 * from both. What was not answered is read by rules.
 */
import type { FrameRate } from "#domain/time.ts";
import type { Block } from "./fountain/blocks.ts";
import {
  proposeScenes,
  readScript,
  type ParseMode,
  type ProposedScene,
  type ProposedShot,
  type ReadScript,
} from "./breakdown.ts";
import { partsOf, questionsOf, type ModelScene, type ScriptPart } from "./breakdown/breakdown-by-model.ts";
import { KnownPassages, type KnownStretch, type ModelReadings } from "./breakdown/known-passages.ts";
import { shotsOfPart } from "./breakdown/model-shots.ts";
import { shotsOfScene, type SceneContext } from "./breakdown/shots-of-scene.ts";

interface Answered {
  answer: ModelScene;
  isCutOff: boolean;
}
/** A stretch that was read before, or what is asked about the rest. */
type ToRead = KnownStretch | ScriptPart;

export interface ScriptReadingOptions {
  mode?: ParseMode;
  fps: FrameRate;
  /** What a model read before is not asked again. */
  known: ModelReadings;
  /** The first scene to ask about, from 0; those before are read by rules. */
  from: number;
}

export class ScriptReading {
  readonly script: ReadScript;
  /** What to ask, in the order of the script. */
  readonly questions: readonly ScriptPart[][];
  readonly #scenes: ToRead[][];
  readonly #answers = new Map<ScriptPart, Answered>();
  readonly #fps: FrameRate;

  constructor(text: string, { mode, fps, known, from }: ScriptReadingOptions) {
    this.script = readScript(text, mode);
    this.#fps = fps;
    const passages = new KnownPassages(known);
    this.#scenes = this.script.scenes.map(({ heading, blocks }, sceneAt) =>
      passages
        .stretchesOf(blocks)
        .flatMap((stretch, index): ToRead[] =>
          stretch.read ? [stretch] : partsOf({ sceneAt, heading, goesOn: index > 0 }, stretch.blocks),
        ),
    );
    const parts = this.#scenes.slice(from).flatMap((scene) => scene.flatMap((each) => ("read" in each ? [] : [each])));
    this.questions = questionsOf(parts);
  }

  /** @param isCutOff  the end of the answer is missing */
  answer(question: readonly ScriptPart[], scenes: readonly ModelScene[], isCutOff: boolean): void {
    scenes.forEach((answer, at) => {
      const part = question[answer.scene - 1];
      if (!part || this.#answers.has(part)) return;
      this.#answers.set(part, { answer, isCutOff: isCutOff && at === scenes.length - 1 });
    });
  }

  /** Whether it was read, and to its end. */
  isWhole(part: ScriptPart): boolean {
    return this.#answers.get(part)?.isCutOff === false;
  }

  /** The end of some answer is missing. */
  get brokeOff(): boolean {
    return [...this.#answers.values()].some(({ isCutOff }) => isCutOff);
  }

  scenes(): ProposedScene[] {
    return proposeScenes(this.script, this.#fps, (_scene, context, at) =>
      this.#shotsOf(this.#scenes[at] as ToRead[], context),
    );
  }

  #shotsOf(scene: readonly ToRead[], context: Omit<SceneContext, "opens">) {
    const shots: ProposedShot[] = [];
    const leftOut: string[] = [];
    let unread: Block[] = [];
    const readByRules = () => {
      if (unread.length > 0) shots.push(...shotsOfScene(unread, { ...context, opens: shots.length === 0 }));
      unread = [];
    };
    for (const each of scene) {
      if ("read" in each) {
        readByRules();
        shots.push(...each.shots);
        leftOut.push(...each.leftOut);
        continue;
      }
      const answered = this.#answers.get(each);
      if (answered) {
        const read = shotsOfPart(each, answered.answer, answered.isCutOff, context);
        readByRules();
        shots.push(...read.shots);
        unread = [...read.left];
      } else unread.push(...each.blocks);
    }
    readByRules();
    return { shots, leftOut };
  }
}
