import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { StudioError } from "#domain/errors.ts";
import { ObjectKey, type AssetStore, type S3Settings } from "./asset-store.ts";

/** Any S3-compatible bucket. Uploads and downloads go straight to it by presigned URL. */
export function openS3Store(settings: S3Settings): AssetStore {
  const client = new S3Client({
    region: settings.region,
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
    forcePathStyle: settings.forcePathStyle,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    // Many compatible stores know no CRC32 trailer; the SHA-256 that we sign is stricter anyway.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const at = (key: string) => {
    if (!ObjectKey.safeParse(key).success) throw new StudioError("request/invalid", "This is not a key of the store.");
    return { Bucket: settings.bucket, Key: key };
  };
  const bodyOf = async (key: string, range?: string): Promise<Readable> => {
    try {
      const found = await client.send(
        new GetObjectCommand({ ...at(key), ...(range === undefined ? {} : { Range: range }) }),
      );
      if (found.Body instanceof Readable) return found.Body;
      throw new Error("the bucket answered without a stream");
    } catch (error) {
      if (isMissing(error))
        throw new StudioError("thing/not-found", "These bytes are not in the store.", { cause: error });
      throw error;
    }
  };

  return {
    kind: "s3",
    async signPut(key, want) {
      const checksum = want.sha256 === undefined ? undefined : Buffer.from(want.sha256, "hex").toString("base64");
      const command = new PutObjectCommand({
        ...at(key),
        ContentType: want.contentType,
        ContentLength: want.bytes,
        ...(checksum === undefined ? {} : { ChecksumSHA256: checksum }),
      });
      const headers: Record<string, string> = { "content-type": want.contentType };
      if (checksum !== undefined) headers["x-amz-checksum-sha256"] = checksum;
      // Signed as headers, not hoisted into the query: the store must see exactly these.
      const signed = new Set(["content-type", "content-length", "x-amz-checksum-sha256"]);
      const url = await getSignedUrl(client, command, {
        expiresIn: want.expiresInSeconds,
        signableHeaders: signed,
        unhoistableHeaders: signed,
      });
      return { method: "PUT", url, headers };
    },
    async signGet(key, want) {
      const command = new GetObjectCommand({
        ...at(key),
        ...(want.contentType === undefined ? {} : { ResponseContentType: want.contentType }),
        ...(want.fileName === undefined
          ? {}
          : { ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(want.fileName)}` }),
        ResponseCacheControl: "private, max-age=31536000, immutable",
      });
      return getSignedUrl(client, command, { expiresIn: want.expiresInSeconds });
    },
    async head(key) {
      try {
        const found = await client.send(new HeadObjectCommand(at(key)));
        return { bytes: found.ContentLength ?? 0 };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async readHead(key, bytes) {
      const chunks: Buffer[] = [];
      for await (const chunk of await bodyOf(key, `bytes=0-${bytes - 1}`))
        chunks.push(Buffer.from(chunk as Uint8Array));
      return new Uint8Array(Buffer.concat(chunks).subarray(0, bytes));
    },
    async hash(key) {
      const hash = createHash("sha256");
      await pipeline(await bodyOf(key), hash);
      return hash.digest("hex");
    },
    async copyIn(key, filePath, contentType) {
      const { size } = await stat(filePath);
      await client.send(
        new PutObjectCommand({
          ...at(key),
          Body: createReadStream(filePath),
          ContentLength: size,
          ContentType: contentType,
        }),
      );
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
    async check() {
      await client.send(new HeadBucketCommand({ Bucket: settings.bucket }));
    },
  };
}

function isMissing(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status === 404;
}
