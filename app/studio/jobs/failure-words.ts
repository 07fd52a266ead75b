/** Why a job failed, for people, by the error's code. What an agent wrote down is shown only where it reads as a sentence. */
import type { FailureKind } from "#domain/jobs/messages/result-message.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";

type JobError = NonNullable<JobView["error"]>;

const words: Record<FailureKind, string> = {
  retryable: "The engine stumbled.",
  permanent: "The engine cannot make this as it is asked for.",
  capacity: "No engine here has room for this size or length.",
  "missing-model": "The model this needs is not on any agent.",
  licence: "The model's licence does not allow this.",
  infrastructure: "Something around the render broke: an agent, its disk or the way to the files.",
  identity: "The people in it never looked like themselves.",
  intent: "What came out was never what was asked for.",
  entity: "Something that was asked for was never in the picture.",
  framing: "The framing was never the one that was asked for.",
  temporal: "The movement never held together.",
  uncertain: "The checks could not tell whether it was right.",
  unknown: "It failed in a way nobody has a name for.",
};

const otherWords: Record<string, string> = {
  "job/expired": "It waited too long in the queue.",
  "quota/exceeded": "The workspace's quota is used up.",
};

/** One or two sentences: what kind of failure it was, and what the engine says about it. */
export function failureWords(error: JobError | undefined): string {
  if (error === undefined) return "It failed.";
  const kind = error.code.replace(/^job\//, "");
  const general = isKind(kind) ? words[kind] : otherWords[error.code];
  const own = isForPeople(error.message) ? sentence(error.message) : "";
  if (general === undefined) return own || "It failed.";
  return own === "" || own === general ? general : `${general} ${own}`;
}

/** What the engine says, or else the sentence for its code: where there is room for one thing only. */
export function failureLine(error: JobError | undefined): string {
  if (error !== undefined && isForPeople(error.message)) return sentence(error.message);
  return failureWords(error);
}

function isKind(kind: string): kind is FailureKind {
  return Object.hasOwn(words, kind);
}

/** Traces, paths, addresses and machine answers are for operators. */
export function isForPeople(message: string): boolean {
  if (message.trim() === "" || message.length > 300 || message.includes("\n")) return false;
  return ![
    /\bat \S+ \(|\.[jt]s:\d+/,
    /(^|[\s"'(])(\/[\w.-]+){2,}/,
    /[A-Z]:\\/,
    /\b\w+:\/\//,
    /\b\d{1,3}(\.\d{1,3}){3}\b/,
    /<\/?\w+[^>]*>|^\s*[{[]/,
    /\bE[A-Z]{4,}\b|\bSIG[A-Z]+\b|0x[0-9a-f]+/,
  ].some((machine) => machine.test(message));
}

function sentence(message: string): string {
  const text = message.trim();
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
