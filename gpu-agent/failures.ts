import type { FailureKind } from "#domain/jobs/messages/result-message.ts";

/** Why an attempt failed: a sentence for people, and what operators need beside it. */
export type Failure = { kind: FailureKind; message: string; detail?: string | undefined };

/** Something outside the agent did not do its part. */
export class OutsideError extends Error {
  readonly detail: string;
  /** @param message  a sentence for people; `detail`: what was answered */
  constructor(message: string, detail: string) {
    super(message);
    this.name = "OutsideError";
    this.detail = detail;
  }
}

export const diskFull = "There is no room left on the disk of the machine that renders.";

/** No space, a quota, or a limit on the size of a file. */
const diskFullWords = /ENOSPC|EDQUOT|EFBIG|SIGXFSZ|no space left on device|disk quota exceeded|file too large/i;

/** @param said  an error, or what was said of one */
export function isDiskFull(said: unknown): boolean {
  return diskFullWords.test(said instanceof Error ? `${said.message} ${String(said.cause ?? "")}` : String(said));
}

/** What went wrong with the agent's own part of the work, not the engine's. */
export function failureOf(error: unknown): Failure {
  const detail = (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 8000);
  if (isDiskFull(error)) return { kind: "infrastructure", message: diskFull, detail };
  if (error instanceof OutsideError) return { kind: "infrastructure", message: error.message, detail: error.detail };
  return { kind: "infrastructure", message: "The machine that renders could not finish its part of the work.", detail };
}
