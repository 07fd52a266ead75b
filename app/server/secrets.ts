import { createHash, randomBytes } from "node:crypto";

/** Tokens are shown once and kept as hashes; 32 random bytes need no salt. */
export function newSecret(prefix: string): { token: string; hash: string } {
  const token = `${prefix}_${randomBytes(32).toString("base64url")}`;
  return { token, hash: hashSecret(token) };
}

export function hashSecret(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
