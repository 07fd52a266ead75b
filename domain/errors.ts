/**
 * The closed list of things that go wrong, by code (`noun/what`). Each process turns a code into its own
 * language in one place: an HTTP status, a close code, a job failure. Messages are for people.
 */
export const errorCodes = {
  "request/invalid": { meaning: "a field is missing or malformed", retry: false, status: 400 },
  "request/not-json": { meaning: "the body is not declared as JSON", retry: false, status: 415 },
  "request/too-large": { meaning: "the body is larger than this route reads", retry: false, status: 413 },
  "auth/required": { meaning: "no valid session or token", retry: false, status: 401 },
  "auth/forbidden": { meaning: "the caller's role does not allow this", retry: false, status: 403 },
  "thing/not-found": { meaning: "no such thing, or none the caller may know of", retry: false, status: 404 },
  "thing/conflict": { meaning: "the thing is in a state that does not allow this", retry: false, status: 409 },
  "invite/expired": { meaning: "the invite link has expired, is used up or was revoked", retry: false, status: 409 },
  "capability/missing": { meaning: "no engine of this fleet offers the capability", retry: false, status: 409 },
  "job/wrong-state": { meaning: "the job's state does not allow this", retry: false, status: 409 },
  "job/lease-lost": { meaning: "another attempt holds the job's lease", retry: false, status: 409 },
  "chain/overlap-too-large": { meaning: "chunks would share more frames than one may have", retry: false, status: 400 },
  "run/wrong-state": { meaning: "the run's state does not allow this", retry: false, status: 409 },
  "episode/wrong-state": { meaning: "the episode's state does not allow this", retry: false, status: 409 },
  "generation/not-ready": { meaning: "the generation has no result yet", retry: true, status: 409 },
  "queue/paused": { meaning: "the project's queue is paused", retry: false, status: 409 },
  "screenplay/too-large": { meaning: "a screenplay is at most 2 MB of text", retry: false, status: 413 },
  "screenplay/not-text": { meaning: "the file is not text", retry: false, status: 415 },
  "screenplay/broken-file": { meaning: "the file of a screenplay cannot be read", retry: false, status: 400 },
  "screenplay/no-text": { meaning: "the file holds pictures of pages, no text", retry: false, status: 400 },
  "screenplay/empty": { meaning: "there is no text to parse", retry: false, status: 400 },
  "asset/too-large": { meaning: "the upload is larger than allowed", retry: false, status: 413 },
  "asset/type-not-allowed": { meaning: "this kind of file is not accepted", retry: false, status: 415 },
  "asset/type-mismatch": { meaning: "the bytes are not of the type they claim", retry: false, status: 415 },
  "asset/incomplete": { meaning: "the upload has not arrived whole", retry: true, status: 409 },
  "ticket/invalid": { meaning: "the ticket is not ours, expired, or for another document", retry: true, status: 401 },
  "document/unavailable": { meaning: "the document cannot be edited right now", retry: true, status: 503 },
  "rate/limited": { meaning: "too many requests", retry: true, status: 429 },
  "quota/exceeded": { meaning: "the workspace's quota is used up", retry: true, status: 429 },
  "service/unavailable": { meaning: "a part this needs is not reachable", retry: true, status: 503 },
  "internal/unexpected": { meaning: "a fault of ours", retry: true, status: 500 },
} as const satisfies Record<string, { meaning: string; retry: boolean; status: number }>;

export type ErrorCode = keyof typeof errorCodes;

/** An error with a code from the closed list and a sentence that a person can act on. */
export class StudioError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "StudioError";
    this.code = code;
    this.details = options.details;
  }
}

/** Ends a `switch` over a union: does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
