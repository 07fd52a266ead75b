import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Db } from "#db/client.ts";
import { findTokenUser, insertToken } from "#db/queries/tokens.ts";
import { ensurePersonalWorkspace, insertUser } from "#db/queries/users.ts";
import { hashSecret, newSecret } from "./secrets.ts";

/** The user who has the machine: whoever reads its data folder. */
export const machineOwnerId = "studio-owner";

const owner = {
  id: machineOwnerId,
  name: "Studio owner",
  email: "owner@studio.invalid",
  color: "peer-1",
  isAnonymous: false,
};

/**
 * On one machine whoever reads the data folder owns the studio: the file `api-token` there (mode 600) holds a token of
 * a user "Studio owner". Kept as long as it works; made anew when the database does not know it.
 */
export async function keepOwnerToken(db: Db, dataFolder: string): Promise<void> {
  const file = path.join(dataFolder, "api-token");
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (kept !== "" && (await findTokenUser(db, hashSecret(kept))) !== null) {
    await chmod(file, 0o600);
    return;
  }
  await insertUser(db, owner);
  await ensurePersonalWorkspace(db, owner);
  const { token, hash } = newSecret("bl");
  await insertToken(db, { userId: owner.id, name: "api-token file", hash });
  await mkdir(dataFolder, { recursive: true });
  // Whole or not at all, and never readable by others, not even for a moment.
  await writeFile(`${file}.new`, `${token}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
