import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

/**
 * A double of a chat completions server, built to the documented protocol: `POST /v1/chat/completions` with messages
 * and `response_format`, `Authorization: Bearer`, errors as `{error: {message, type, code}}`. It thinks nothing: it says
 * what a test tells it to, in the ways that real servers do.
 */
export interface LlmDouble {
  /** For `LLM_BASE_URL`. */
  baseUrl: string;
  /** What was asked, in order. */
  asked: Asked[];
  /** How the next questions are answered; the last way stays. */
  answerWith(...ways: Way[]): void;
  /** Questions without an answer whose askers are still there. */
  waiting(): number;
  stop(): Promise<void>;
}

export type Way =
  /** The answer's text as it is. */
  | { say: string }
  /** A fence, and a word before and after, as models like to write. */
  | { fenced: unknown }
  /** The first `keep` letters of the JSON, with `finish_reason: "length"`. */
  | { cutOff: unknown; keep: number }
  /** Takes the question and never answers. */
  | "silent"
  /** HTTP errors with the protocol's body. */
  | { refuse: number }
  /** Answers 400 to a `response_format` of another type, as older servers do; otherwise says the JSON. */
  | { knowsFormats: ("json_schema" | "json_object")[]; json: unknown }
  /** 200 with something that is no chat completion. */
  | { body: string };

const Ask = z.object({
  model: z.string(),
  messages: z
    .array(
      z.object({
        role: z.enum(["system", "user", "assistant"]),
        content: z.union([
          z.string(),
          z.array(
            z.discriminatedUnion("type", [
              z.object({ type: z.literal("text"), text: z.string() }),
              z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) }),
            ]),
          ),
        ]),
      }),
    )
    .min(1),
  max_tokens: z.number().int().positive().optional(),
  temperature: z.number().min(0).max(2).optional(),
  stream: z.literal(false).optional(),
  response_format: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("json_object") }),
      z.object({
        type: z.literal("json_schema"),
        json_schema: z.object({
          name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
          strict: z.boolean(),
          schema: z.record(z.string(), z.unknown()),
        }),
      }),
    ])
    .optional(),
});
export type Asked = z.infer<typeof Ask> & { authorization: string | undefined };

export async function startLlmDouble(): Promise<LlmDouble> {
  const asked: Asked[] = [];
  let ways: Way[] = [{ refuse: 500 }];
  let waiting = 0;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, 500, String(error)));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = (await request.toArray()).map(String).join("");
    if (request.method !== "POST" || request.url !== "/v1/chat/completions")
      return refuse(response, 404, `no ${request.method} ${request.url}`);
    const ask = Ask.safeParse(JSON.parse(text));
    if (!ask.success) return refuse(response, 400, z.prettifyError(ask.error));
    asked.push({ ...ask.data, authorization: request.headers.authorization });
    const way = ways.length > 1 ? ways.shift()! : ways[0]!;
    if (way === "silent") {
      waiting += 1;
      response.once("close", () => (waiting -= 1));
      return;
    }
    if ("refuse" in way) return refuse(response, way.refuse, "told to refuse");
    if ("body" in way) return void response.setHeader("content-type", "application/json").end(way.body);
    if ("say" in way) return complete(response, ask.data.model, way.say);
    if ("fenced" in way)
      return complete(
        response,
        ask.data.model,
        `Here is the plan:\n\n\`\`\`json\n${JSON.stringify(way.fenced, null, 2)}\n\`\`\`\nI hope {this} helps.`,
      );
    if ("cutOff" in way)
      return complete(response, ask.data.model, JSON.stringify(way.cutOff).slice(0, way.keep), "length");
    const format = ask.data.response_format?.type;
    if (format !== undefined && !way.knowsFormats.includes(format))
      return refuse(response, 400, `response_format ${format} is not supported`);
    return complete(response, ask.data.model, JSON.stringify(way.json));
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    waiting: () => waiting,
    answerWith: (...next) => {
      ways = next;
      asked.length = 0;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function complete(response: ServerResponse, model: string, content: string, finish = "stop"): void {
  response.setHeader("content-type", "application/json").end(
    JSON.stringify({
      id: "chatcmpl-double",
      object: "chat.completion",
      created: 1_790_000_000,
      model,
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: finish }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }),
  );
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify({ error: { message, type: "invalid_request_error", code: null } }));
}
