import type { FailureKind } from "./messages/result-message.ts";

/** What people read where an engine's own words are not for them. */
const sentences: Record<FailureKind, string> = {
  retryable: "The render did not succeed this time.",
  permanent: "This cannot be rendered as it was asked for.",
  capacity: "No machine that renders had room for this.",
  "missing-model": "No machine that renders has the model for this.",
  licence: "The model's licence does not allow this.",
  infrastructure: "A machine that renders had trouble of its own.",
  identity: "Somebody in the picture does not look like who was meant.",
  intent: "The picture does not show what was meant.",
  entity: "Something that should be in the picture is not.",
  framing: "The picture is not framed as it was asked for.",
  temporal: "The picture does not move as it should.",
  uncertain: "It could not be told whether the picture is right.",
  unknown: "The render failed in a way that nobody foresaw.",
};

/** Traces, markup, addresses, places on a disk, and more than a few sentences. */
const notForPeople = [
  /\n\s*at\s/,
  /\bat\s+\S+\s*\(?\S+:\d+:\d+\)?/,
  /<\/?[a-z?][^>]*>/i,
  /\b[a-z][a-z0-9+.-]*:\/\//i,
  /(?:^|[\s"'(=])(?:\/[\w.@-]+){2,}/,
  /\b[A-Z]:\\/,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
  /\b(?:localhost|127\.0\.0\.1):\d+/,
  /^\s*(?:TypeError|ReferenceError|RangeError|SyntaxError|Error)\b/,
  /\b(?:ECONNREFUSED|ECONNRESET|ENOENT|EACCES|EPIPE|ETIMEDOUT)\b/,
  /\n.*\n/,
];
const longest = 400;

export type ToldFailure = { message: string; detail: string | null };

/**
 * Parts what people are told from what operators need. An engine's sentence stays as it is; anything that is none goes
 * to the operators, and people get one about the failure's class.
 */
export function tellFailure(failure: { kind: FailureKind; message: string; detail?: string | undefined }): ToldFailure {
  const { kind, message, detail } = failure;
  const isPlain =
    message.trim() !== "" && message.length <= longest && !notForPeople.some((sign) => sign.test(message));
  if (isPlain) return { message, detail: detail ?? null };
  return {
    message: sentences[kind],
    detail:
      [message, detail]
        .filter((part) => part !== undefined && part !== "")
        .join("\n")
        .slice(0, 8000) || null,
  };
}
