/**
 * Why a socket was closed: the vocabulary of both ends. The stock y-websocket client takes 4400 to 4499 as final
 * and never comes back, so those are only for what a retry can't mend; 45xx means come back later.
 */
export const closeCodes = {
  4400: { name: "bad-frame", sentence: "The connection sent something we could not read. Reload the page." },
  4401: { name: "ticket-invalid", sentence: "Your pass to this film has expired. Reload the page." },
  4403: { name: "not-allowed", sentence: "You no longer have access to this film." },
  4404: { name: "no-such-document", sentence: "This film does not exist any more." },
  4413: { name: "too-large", sentence: "That change is too large to share. Undo it and try a smaller one." },
  4503: { name: "going-away", sentence: "The studio is restarting. Your work is kept; reconnecting." },
  4508: { name: "too-slow", sentence: "Your connection could not keep up. Reconnecting." },
  4509: { name: "access-changed", sentence: "Your access changed. Reconnecting." },
  4529: { name: "too-many", sentence: "Too many people are here right now. Trying again." },
} as const;
export type CloseCode = keyof typeof closeCodes;
