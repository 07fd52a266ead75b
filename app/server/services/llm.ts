/**
 * A language model behind the chat completions protocol that most servers speak (OpenAI's, vLLM, llama.cpp, Ollama,
 * LM Studio). It is asked for JSON of a given shape; what comes back is repaired where it was cut off, checked, and
 * otherwise refused with a sentence: whoever asks has another way of doing the same.
 */
import { jsonrepair } from "jsonrepair";
import { z } from "zod";

/** Where the model is; the `LLM_*` group of the environment. */
export interface LlmSettings {
  /** Ends ahead of `/chat/completions`, e.g. `http://127.0.0.1:8080/v1`. */
  baseUrl: string;
  model: string;
  apiKey?: string;
  timeoutSeconds: number;
}

export interface Question<T> {
  /** Of the answer's shape: letters, digits, `-` and `_`. */
  name: string;
  system: string;
  user: string;
  /** Pictures to look at, for models that can. */
  images?: readonly { contentType: string; bytes: Uint8Array }[];
  /** What is asked for and what is let in. Without optional fields: servers hold models to it word for word. */
  schema: z.ZodType<T>;
  /** Puts right what models like to get wrong, ahead of the check. `cutOff`: the end of the answer is missing. */
  mend?: (json: unknown, cutOff: boolean) => unknown;
  maxTokens?: number;
  signal?: AbortSignal;
}

export type Answer<T> =
  | { status: "answered"; value: T; cutOff: boolean }
  /** `sentence` is for people; `detail` for operators, it may hold what the server said. */
  | { status: "failed"; why: "unreachable" | "silent" | "refused" | "unreadable"; sentence: string; detail: string };

export interface LanguageModel {
  readonly model: string;
  /** Never throws for what the other side does. */
  ask<T>(question: Question<T>): Promise<Answer<T>>;
}

/** More is no answer to anything we ask. */
const maxAnswerBytes = 2_000_000;
/**
 * What is broken is mended up to this length, letters, and only so many brackets are tried: a model that rambles for
 * megabytes must not hold up everybody else. An answer of the most tokens we ask for is far shorter.
 */
const mostMended = 40_000;
const mostBrackets = 200;

const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

export function openLanguageModel(settings: LlmSettings, ask: typeof fetch = fetch): LanguageModel {
  return {
    model: settings.model,
    async ask(question) {
      // Not by AbortSignal.any: in Node 20 such a signal may be collected before its time has come.
      const stop = new AbortController();
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        stop.abort();
      }, settings.timeoutSeconds * 1000);
      const giveUp = () => stop.abort();
      question.signal?.addEventListener("abort", giveUp, { once: true });
      if (question.signal?.aborted === true) giveUp();
      try {
        for (const [index, body] of wordings(settings.model, question).entries()) {
          const response = await ask(`${settings.baseUrl}/chat/completions`, {
            method: "POST",
            // A key goes where it was told to go and nowhere else.
            redirect: "error",
            headers: {
              "content-type": "application/json",
              ...(settings.apiKey === undefined ? {} : { authorization: `Bearer ${settings.apiKey}` }),
            },
            body: JSON.stringify(body),
            signal: stop.signal,
          });
          const text = await readText(response);
          // A server that does not know this way of asking for a shape may know another.
          if ([400, 422, 501].includes(response.status) && index < 2) continue;
          if (!response.ok) return refusedBy(response.status, text);
          return readAnswer(text, question);
        }
        return failed("refused", "The language model did not take the question.", "no wording was taken");
      } catch (error) {
        const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        if (isLate)
          return failed("silent", `The language model did not answer within ${settings.timeoutSeconds} s.`, detail);
        return failed("unreachable", "The language model could not be reached.", detail);
      } finally {
        clearTimeout(timer);
        question.signal?.removeEventListener("abort", giveUp);
      }
    },
  };
}

/** The same question, asked ever more plainly: held to a schema, held to JSON, held to nothing but our words. */
function wordings<T>(model: string, question: Question<T>): object[] {
  const shape = shapeOf(question.schema);
  const system = `${question.system}\n\nAnswer with one JSON object of this JSON schema and nothing else:\n${JSON.stringify(shape)}`;
  const content =
    question.images === undefined || question.images.length === 0
      ? question.user
      : [
          { type: "text", text: question.user },
          ...question.images.map(({ contentType, bytes }) => ({
            type: "image_url",
            image_url: { url: `data:${contentType};base64,${Buffer.from(bytes).toString("base64")}` },
          })),
        ];
  const base = {
    model,
    messages: [
      { role: "system", content: system },
      { role: "user", content },
    ],
    temperature: 0.4,
    stream: false,
  };
  const tokens = { max_tokens: question.maxTokens ?? 4096 };
  return [
    {
      ...base,
      ...tokens,
      response_format: { type: "json_schema", json_schema: { name: question.name, strict: true, schema: shape } },
    },
    { ...base, ...tokens, response_format: { type: "json_object" } },
    { model, messages: base.messages },
  ];
}

/** Keywords that some servers refuse in a shape they shall hold a model to; our own check knows them all the same. */
const notOnTheWire = new Set(["$schema", "minLength", "maxLength", "pattern", "format", "default"]);

/** @returns the JSON schema as it goes over the wire */
export function shapeOf(schema: z.ZodType): unknown {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, each]) => !(notOnTheWire.has(key) && typeof each !== "object"))
        .map(([key, each]) => [key, plain(each)]),
    );
  };
  return plain(z.toJSONSchema(schema));
}

function readAnswer<T>(text: string, question: Question<T>): Answer<T> {
  const completion = Completion.safeParse(parsed(text));
  const choice = completion.data?.choices[0];
  if (choice === undefined) return unreadable("no chat completion", text);
  const { content, refusal } = choice.message;
  if (typeof content !== "string" || content.trim() === "") return unreadable(refusal ?? "an empty message", text);
  const read = readJson(content);
  if (read === null) return unreadable("no JSON", content);
  const cutOff = read.repaired || choice.finish_reason === "length";
  const checked = question.schema.safeParse(question.mend?.(read.json, cutOff) ?? read.json);
  if (!checked.success) return unreadable(z.prettifyError(checked.error), content);
  return { status: "answered", value: checked.data, cutOff };
}

/**
 * JSON out of what a model wrote: with thoughts ahead, in a fence, with a word before or after, or cut off in the
 * middle. @returns null when there is none
 */
export function readJson(content: string): { json: unknown; repaired: boolean } | null {
  const thought = content.lastIndexOf("</think>");
  const said = thought < 0 ? content : content.slice(thought + "</think>".length);
  let start = bracketAt(said, 0);
  for (let tries = 0; start >= 0; tries += 1) {
    if (tries === mostBrackets) return null;
    const end = endOfJson(said, start);
    const json = parsed(said.slice(start, end ?? said.length));
    if (typeof json === "object" && json !== null) return { json, repaired: false };
    // What never closes was cut off; a bracket in prose is stepped over.
    if (end === null) break;
    start = bracketAt(said, end);
  }
  const from = start < 0 ? bracketAt(said, 0) : start;
  if (from < 0) return null;
  try {
    const json = parsed(jsonrepair(said.slice(from, from + mostMended)));
    return typeof json === "object" && json !== null ? { json, repaired: true } : null;
  } catch {
    return null;
  }
}

function bracketAt(text: string, from: number): number {
  const at = text.slice(from).search(/[[{]/);
  return at < 0 ? -1 : from + at;
}

/** @returns behind the bracket that closes the one at `start`; null when none does */
function endOfJson(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at];
    if (inString) {
      if (letter === "\\") at += 1;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === "{" || letter === "[") depth += 1;
    else if (letter === "}" || letter === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxAnswerBytes) {
      await reader.cancel();
      throw new Error(`an answer above ${maxAnswerBytes} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function refusedBy(status: number, text: string): Answer<never> {
  const sentence =
    status === 401 || status === 403
      ? "The language model's server did not accept our key."
      : status === 429
        ? "The language model has too much to do, or its quota is used up."
        : status === 404
          ? "The language model's server does not know the model."
          : `The language model's server answered with an error (${status}).`;
  return failed("refused", sentence, `${status}: ${text.slice(0, 500)}`);
}

function unreadable(what: string, text: string): Answer<never> {
  const detail = `${what.slice(0, 500)}: ${text.slice(0, 500)}`;
  return failed("unreadable", "The language model's answer was not of the shape that was asked for.", detail);
}

function failed(
  why: Extract<Answer<never>, { status: "failed" }>["why"],
  sentence: string,
  detail: string,
): Answer<never> {
  return { status: "failed", why, sentence, detail };
}
