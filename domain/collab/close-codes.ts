/**
 * Why a socket was closed: the vocabulary of both ends. The stock y-websocket client takes 4400 to 4499 as final
 * and never comes back, so those are only for what a retry can't mend; 45xx means come back later.
 *
 * The close reason is the name of the code, or one of {@link closeReasons} where the code alone says too little.
 */
export const closeCodes = {
  4400: { name: "bad-frame", sentence: "The connection sent something we could not read. Reload the page." },
  4401: { name: "ticket-invalid", sentence: "Your pass to this film has expired. Reload the page." },
  4403: { name: "not-allowed", sentence: "You no longer have access to this film." },
  4404: { name: "no-such-document", sentence: "This film does not exist any more." },
  4410: {
    name: "begun-anew",
    sentence: "This film was begun anew on the server. Reload the page; what only this browser holds is kept aside.",
  },
  4413: { name: "too-large", sentence: "That change is too large to share. Undo it and try a smaller one." },
  4503: { name: "going-away", sentence: "The studio is restarting. Your work is kept; reconnecting." },
  4508: { name: "too-slow", sentence: "Your connection could not keep up. Reconnecting." },
  4509: { name: "access-changed", sentence: "Your access changed. Reconnecting." },
  4529: { name: "too-many", sentence: "Too many people are here right now. Trying again." },
} as const;
export type CloseCode = keyof typeof closeCodes;

/** Which limit it was, for codes that stand for several. */
export const closeReasons = {
  "film-too-large": {
    code: 4413,
    sentence: "This film has grown too large to take more. Reload the page and remove what is not needed.",
  },
  "film-full": { code: 4529, sentence: "This film has as many people in it as it can take. Trying again." },
  "workspace-full": { code: 4529, sentence: "Your workspace has as many open films as it can have. Trying again." },
  "server-full": { code: 4529, sentence: "The studio is full right now. Trying again." },
  "too-fast": { code: 4529, sentence: "This tab sent more changes than the studio takes. Trying again." },
} as const satisfies Record<string, { code: CloseCode; sentence: string }>;
export type CloseReason = keyof typeof closeReasons;

/** @returns what to tell a person whose socket was closed so, null when it was not by a code of ours */
export function sentenceOfClose(code: number, reason: string): string | null {
  if (Object.hasOwn(closeReasons, reason)) {
    const known = closeReasons[reason as CloseReason];
    if (known.code === code) return known.sentence;
  }
  return Object.hasOwn(closeCodes, code) ? closeCodes[code as CloseCode].sentence : null;
}
