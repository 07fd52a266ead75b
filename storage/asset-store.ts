/**
 * Where bytes live, by key. Whoever may write or read gets a signed URL that says for what and how long; bytes go
 * straight between them and the store. On one machine the store is a folder served by the app (`disk.ts`), elsewhere
 * any S3-compatible bucket (`s3.ts`). Both keep the same promises; `conformance.test.ts` holds them to it.
 */
import { z } from "zod";

export interface SignedPut {
  method: "PUT";
  url: string;
  /** Send exactly these with the bytes. */
  headers: Record<string, string>;
}

export interface AssetStore {
  readonly kind: "disk" | "s3";
  /**
   * A URL that takes exactly `bytes` bytes of `contentType`, once or again. With `sha256` (hex) other bytes are
   * refused.
   */
  signPut(
    key: string,
    want: { contentType: string; bytes: number; sha256?: string; expiresInSeconds: number },
  ): Promise<SignedPut>;
  /** A URL to read from, ranges included. `fileName` makes browsers download under that name. */
  signGet(key: string, want: { expiresInSeconds: number; fileName?: string; contentType?: string }): Promise<string>;
  /** Length of what is stored, null when there is nothing. */
  head(key: string): Promise<{ bytes: number } | null>;
  /** The first `bytes` bytes (fewer when the file is shorter). @throws StudioError "thing/not-found" */
  readHead(key: string, bytes: number): Promise<Uint8Array>;
  /** SHA-256 of what is stored, hex, by reading all of it. @throws StudioError "thing/not-found" */
  hash(key: string): Promise<string>;
  /** Puts a file of this machine into the store; the file stays. */
  copyIn(key: string, filePath: string, contentType: string): Promise<void>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** Throws when the store cannot be reached or written to. */
  check(): Promise<void>;
}

export interface StoreSettings {
  /** Folder of one machine's store; used when `s3` is absent. */
  folder?: string;
  /** Signs the disk store's URLs; the same in every process that signs or serves. */
  secret?: string;
  /** Where the disk store's URLs lead, e.g. `http://127.0.0.1:3000`. */
  publicUrl?: string;
  s3?: S3Settings;
}

export interface S3Settings {
  endpoint?: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
}

const keyPattern = /^[a-zA-Z0-9][a-zA-Z0-9._-]*(\/[a-zA-Z0-9][a-zA-Z0-9._-]*)*$/;

/** Slash-separated plain names: no dot-files, no `..`, nothing that a file system or a URL reads otherwise. */
export const ObjectKey = z.string().max(500).regex(keyPattern, "not a key of the store");

/** Opens the store that the settings name. S3 wins over the folder. @throws Error when neither is whole */
export async function openAssetStore(settings: StoreSettings): Promise<AssetStore> {
  if (settings.s3 !== undefined) {
    const { openS3Store } = await import("./s3.ts");
    return openS3Store(settings.s3);
  }
  if (settings.folder === undefined || settings.secret === undefined || settings.publicUrl === undefined) {
    throw new Error("an asset store needs S3_* or a data folder, a secret and a public URL");
  }
  const { openDiskStore } = await import("./disk.ts");
  return openDiskStore({ folder: settings.folder, secret: settings.secret, publicUrl: settings.publicUrl });
}
