import { openSealed, seal } from "#db/sealed.ts";

const purpose = "kept answers";

/** Answers that are kept for a repeat may hold a token that is "shown this once", so they are kept sealed. */
export function sealAnswer(answer: unknown, secret: string): string {
  return seal(JSON.stringify(answer), secret, purpose);
}

/** @throws Error when it was sealed with another secret, or changed */
export function openAnswer(sealed: unknown, secret: string): unknown {
  if (typeof sealed !== "string") throw new Error("not a sealed answer");
  return JSON.parse(openSealed(sealed, secret, purpose));
}
