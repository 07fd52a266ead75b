import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, constants, copyFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StudioError } from "#domain/errors.ts";
import { ObjectKey, type AssetStore } from "./asset-store.ts";
import { signDiskPath } from "./disk-urls.ts";

export interface DiskStoreOptions {
  folder: string;
  secret: string;
  /** Without a slash at the end. */
  publicUrl: string;
}

/** A folder of files behind the same contract as a bucket; `disk-http.ts` serves its URLs. */
export interface DiskStore extends AssetStore {
  readonly kind: "disk";
  readonly secret: string;
  /** Where a key's bytes are. @throws StudioError "request/invalid" for what is no key */
  fileOf(key: string): string;
  /**
   * Takes in a stream: all of it and exactly what was promised, or nothing.
   * @throws StudioError "asset/too-large", "asset/incomplete", "asset/type-mismatch" (another hash)
   */
  writeStream(key: string, body: Readable, promise: { bytes: number; sha256?: string }): Promise<void>;
}

export function openDiskStore(options: DiskStoreOptions): DiskStore {
  const folder = path.resolve(options.folder);
  const publicUrl = options.publicUrl.replace(/\/+$/, "");

  const fileOf = (key: string): string => {
    const parsed = ObjectKey.safeParse(key);
    const file = path.join(folder, key);
    if (!parsed.success || !file.startsWith(folder + path.sep))
      throw new StudioError("request/invalid", "This is not a key of the store.");
    return file;
  };
  const existing = async (key: string): Promise<string> => {
    const file = fileOf(key);
    const found = await stat(file).catch(() => null);
    if (found === null || !found.isFile())
      throw new StudioError("thing/not-found", "These bytes are not in the store.");
    return file;
  };
  /** Runs `fill` on a file beside the target and renames it over, so that nobody ever reads half a file. */
  const place = async (key: string, fill: (temporary: string) => Promise<void>): Promise<void> => {
    const target = fileOf(key);
    const temporary = path.join(folder, ".incoming", randomUUID());
    await mkdir(path.dirname(temporary), { recursive: true, mode: 0o700 });
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    try {
      await fill(temporary);
      await sync(temporary);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  };
  const seconds = () => Math.floor(Date.now() / 1000);

  return {
    kind: "disk",
    secret: options.secret,
    fileOf,
    async signPut(key, want) {
      fileOf(key);
      const signed = signDiskPath(options.secret, {
        op: "put",
        key,
        expires: seconds() + want.expiresInSeconds,
        bytes: want.bytes,
        type: want.contentType,
        ...(want.sha256 === undefined ? {} : { sha256: want.sha256 }),
      });
      return { method: "PUT", url: publicUrl + signed, headers: { "content-type": want.contentType } };
    },
    async signGet(key, want) {
      fileOf(key);
      const signed = signDiskPath(options.secret, {
        op: "get",
        key,
        expires: seconds() + want.expiresInSeconds,
        ...(want.contentType === undefined ? {} : { type: want.contentType }),
        ...(want.fileName === undefined ? {} : { name: want.fileName }),
      });
      return publicUrl + signed;
    },
    async head(key) {
      const found = await stat(fileOf(key)).catch(() => null);
      return found !== null && found.isFile() ? { bytes: found.size } : null;
    },
    async readHead(key, bytes) {
      const handle = await open(await existing(key), "r");
      try {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
        return new Uint8Array(buffer.subarray(0, bytesRead));
      } finally {
        await handle.close();
      }
    },
    async hash(key) {
      const hash = createHash("sha256");
      await pipeline(createReadStream(await existing(key)), hash);
      return hash.digest("hex");
    },
    copyIn: (key, filePath) => place(key, (temporary) => copyFile(filePath, temporary)),
    remove: (key) => rm(fileOf(key), { force: true }),
    async check() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await access(folder, constants.R_OK | constants.W_OK);
    },
    writeStream: (key, body, promise) =>
      place(key, async (temporary) => {
        const hash = createHash("sha256");
        let count = 0;
        const counting = new Transform({
          transform(chunk: Buffer, _encoding, done) {
            count += chunk.byteLength;
            hash.update(chunk);
            if (count > promise.bytes)
              done(new StudioError("asset/too-large", `More than the ${promise.bytes} bytes announced came.`));
            else done(null, chunk);
          },
        });
        await pipeline(body, counting, createWriteStream(temporary, { flags: "wx", mode: 0o600 }));
        if (count < promise.bytes)
          throw new StudioError(
            "asset/incomplete",
            `Only ${count} of ${promise.bytes} bytes came. Send the file again.`,
          );
        if (promise.sha256 !== undefined && hash.digest("hex") !== promise.sha256) {
          throw new StudioError("asset/type-mismatch", "The bytes are not the ones announced: their SHA-256 differs.");
        }
      }),
  };
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
