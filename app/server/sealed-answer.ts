import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/**
 * Answers that are kept for a repeat may hold a token that is "shown this once", so they are kept sealed: whoever reads
 * the table alone reads nothing. AES-256-GCM; nonce, tag and text as one base64.
 */
export function sealAnswer(answer: unknown, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFrom(secret), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64");
}

/** @throws Error when it was sealed with another secret, or changed */
export function openAnswer(sealed: unknown, secret: string): unknown {
  if (typeof sealed !== "string") throw new Error("not a sealed answer");
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", keyFrom(secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8"));
}

function keyFrom(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "backlot kept answers", 32));
}
