import { createReadStream, createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** A file of an archive: bytes that are there, or a file that is read while it is packed, with what stands round it. */
export type ZipEntry = { name: string } & (
  | { bytes: Uint8Array }
  | { path: string; base64?: readonly [before: string, after: string] }
);

/** Text becomes smaller; what is packed already would only take time. */
const isText = (name: string) => /\.(html|js|json|txt|bvh)$/.test(name);
/** The same entries make the same archive: it holds no time of day. */
const madeAt = new Date(2000, 0, 1);
/** A multiple of three, so that base64 of parts is base64 of the whole. */
const partBytes = 3 * 64 * 1024;

/** Writes an archive file by file, never holding more than a part of one in memory. */
export async function makeZip(path: string, entries: readonly ZipEntry[], signal: AbortSignal): Promise<void> {
  const out = createWriteStream(path);
  const ended = finished(out);
  let wait: Promise<unknown> | null = null;
  const drained = () => wait;
  const zip = new Zip((error, data, final) => {
    if (error !== null) out.destroy(error);
    else if (!out.write(data)) wait ??= once(out, "drain").then(() => (wait = null));
    if (final) out.end();
  });
  try {
    for (const entry of entries) {
      signal.throwIfAborted();
      const file = isText(entry.name) ? new ZipDeflate(entry.name, { level: 6 }) : new ZipPassThrough(entry.name);
      file.mtime = madeAt;
      zip.add(file);
      for await (const part of partsOf(entry)) {
        signal.throwIfAborted();
        file.push(part);
        await drained();
      }
      file.push(new Uint8Array(), true);
    }
    zip.end();
    await ended;
  } catch (error) {
    zip.terminate();
    out.destroy();
    await ended.catch(() => undefined);
    throw error;
  }
}

async function* partsOf(entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if ("bytes" in entry) {
    yield entry.bytes;
    return;
  }
  const { base64 } = entry;
  if (base64 !== undefined) yield Buffer.from(base64[0]);
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(entry.path, { highWaterMark: partBytes }) as AsyncIterable<Buffer>) {
    if (base64 === undefined) {
      yield chunk;
      continue;
    }
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.subarray(whole);
    yield Buffer.from(bytes.subarray(0, whole).toString("base64"));
  }
  if (base64 !== undefined) yield Buffer.from(rest.toString("base64") + base64[1]);
}
