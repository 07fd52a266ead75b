import { zlibSync } from "fflate";

/**
 * A value of a record: words, a whole number of 32 bits (`number`) or of 64 (`bigint`), a broken one (`double`), a flag,
 * bytes, or a row of numbers.
 */
export type FbxValue = string | number | bigint | boolean | Double | Uint8Array | FbxRow;
export type FbxRow = Int32Array | BigInt64Array | Float32Array | Float64Array;
type Double = { double: number };

/** What a binary FBX file is made of: a name, values, and records inside it. Without `inside` it has no block at all. */
export type FbxRecord = { name: string; values: readonly FbxValue[]; inside?: readonly FbxRecord[] };

export const double = (value: number): Double => ({ double: value });

export function record(name: string, values: readonly FbxValue[], inside?: readonly FbxRecord[]): FbxRecord {
  return inside === undefined ? { name, values } : { name, values, inside };
}

export const fbxVersion = 7400;
/** Of a record before its name, and of the empty record that ends a block. */
const headBytes = 13;
/** Rows at least this long are packed. */
const packedFrom = 128;
const magic = "Kaydara FBX Binary  \0\u001A\0";

/** When every file says that it was made, so that the same scene makes the same bytes. */
export const madeAt = "1970-01-01 10:00:00:000";
/** What readers that look expect beside that time, in the file's head and at its end. */
export const fileId = bytesOf("28b32aebb624ccc2bfc8b02aa92bfcf1");
const footId = bytesOf("fabcab09d0c8d466b176fb831cf7267e");
const footMagic = bytesOf("f85a8c6adef5d97eece90ce3758f290b");

/** Writes records as a binary FBX file of version 7.4. */
export function encodeFbx(records: readonly FbxRecord[]): Uint8Array {
  const head = joined([text(magic), uint32(fbxVersion)]);
  const parts = [head];
  let at = head.length;
  for (const one of records) {
    const bytes = encodeRecord(one, at);
    parts.push(bytes);
    at += bytes.length;
  }
  at += headBytes + footId.length;
  // To the next sixteenth byte; a whole row of them where it is one already.
  const filling = new Uint8Array(16 - (at % 16) + 4);
  parts.push(new Uint8Array(headBytes), footId, filling, uint32(fbxVersion), new Uint8Array(120), footMagic);
  return joined(parts);
}

/** @param at  where the record begins in the file: it says where it ends */
function encodeRecord({ name, values, inside }: FbxRecord, at: number): Uint8Array {
  const title = text(name);
  const encoded = joined(values.map(encodeValue));
  const parts = [title, encoded];
  let end = at + headBytes + title.length + encoded.length;
  for (const one of inside ?? []) {
    const bytes = encodeRecord(one, end);
    parts.push(bytes);
    end += bytes.length;
  }
  // What has neither values nor a block is a block without anything in it.
  if (inside !== undefined || values.length === 0) {
    parts.push(new Uint8Array(headBytes));
    end += headBytes;
  }
  const head = joined([...[uint32(end), uint32(values.length), uint32(encoded.length)], Uint8Array.of(title.length)]);
  return joined([head, ...parts]);
}

function encodeValue(value: FbxValue): Uint8Array {
  if (typeof value === "string") return joined([text("S"), sized(text(value))]);
  if (typeof value === "bigint") return joined([text("L"), rawBytes(BigInt64Array.of(value))]);
  if (typeof value === "boolean") return joined([text("C"), Uint8Array.of(value ? 1 : 0)]);
  if (typeof value === "number") return joined([text("I"), rawBytes(Int32Array.of(value))]);
  if (value instanceof Uint8Array) return joined([text("R"), sized(value)]);
  if (!ArrayBuffer.isView(value)) return joined([text("D"), rawBytes(Float64Array.of(value.double))]);
  const raw = rawBytes(value);
  const packs = raw.length >= packedFrom;
  const kept = packs ? zlibSync(raw, { level: 6 }) : raw;
  return joined([text(letterOf(value)), uint32(value.length), uint32(packs ? 1 : 0), uint32(kept.length), kept]);
}

function letterOf(row: FbxRow): string {
  if (row instanceof Int32Array) return "i";
  if (row instanceof BigInt64Array) return "l";
  return row instanceof Float32Array ? "f" : "d";
}

/** The bytes of a row as they lie in memory: little-endian, as the file wants them, on every machine a browser runs on. */
function rawBytes(row: FbxRow): Uint8Array {
  return new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
}

const text = (words: string) => new TextEncoder().encode(words);
const uint32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);
const sized = (bytes: Uint8Array) => joined([uint32(bytes.length), bytes]);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));
}
