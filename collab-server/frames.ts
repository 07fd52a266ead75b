/**
 * Frames as bytes: how ours are written and how theirs are read. Lengths are checked against the frame itself, because
 * lib0 reads through a view of the whole network buffer: a lying length would hand out other people's bytes.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { frameTypes } from "#domain/collab/frames.ts";

const step1 = 0;
const step2 = 1;
const update = 2;

export type ClientFrame =
  | { type: "step1"; stateVector: Uint8Array }
  /** Sync step 2 or update: the frames that frame 101 counts. */
  | { type: "update"; isStep2: boolean; bytes: Uint8Array }
  | { type: "awareness"; bytes: Uint8Array }
  | { type: "query-awareness" }
  | { type: "ephemeral"; json: string }
  /** A type we do not know; ignored, as the stock client does. */
  | { type: "unknown" };

/** @throws Error when the frame is not whole */
export function readFrame(data: Uint8Array): ClientFrame {
  const decoder = decoding.createDecoder(data);
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case frameTypes.sync: {
      const kind = decoding.readVarUint(decoder);
      const bytes = readBytes(decoder);
      if (kind === step1) return { type: "step1", stateVector: bytes };
      if (kind === step2 || kind === update) return { type: "update", isStep2: kind === step2, bytes };
      throw new Error(`unknown sync message ${kind}`);
    }
    case frameTypes.awareness:
      return { type: "awareness", bytes: readBytes(decoder) };
    case frameTypes.queryAwareness:
      return { type: "query-awareness" };
    case frameTypes.ephemeral:
      return { type: "ephemeral", json: new TextDecoder("utf-8", { fatal: true }).decode(readBytes(decoder)) };
    default:
      return { type: "unknown" };
  }
}

/** Reads a length and that many bytes, as a copy: a view would keep the whole network buffer alive. */
export function readBytes(decoder: decoding.Decoder): Uint8Array {
  const length = decoding.readVarUint(decoder);
  const end = decoder.pos + length;
  if (end > decoder.arr.length) throw new Error("frame ends early");
  const bytes = new Uint8Array(length);
  bytes.set(decoder.arr.subarray(decoder.pos, end));
  decoder.pos = end;
  return bytes;
}

export const step1Frame = (stateVector: Uint8Array): Buffer => syncFrame(step1, stateVector);
export const step2Frame = (bytes: Uint8Array): Buffer => syncFrame(step2, bytes);
export const updateFrame = (bytes: Uint8Array): Buffer => syncFrame(update, bytes);

export function savedFrame(frames: number): Buffer {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.saved);
    encoding.writeVarUint(encoder, frames);
  });
}

export function deniedFrame(reason: string): Buffer {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.auth);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, reason);
  });
}

export function awarenessFrame(bytes: Uint8Array): Buffer {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.awareness);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

export const jobFrame = (event: unknown): Buffer => jsonFrame(frameTypes.job, JSON.stringify(event));
export const ephemeralFrame = (json: string): Buffer => jsonFrame(frameTypes.ephemeral, json);

function jsonFrame(type: number, json: string): Buffer {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarString(encoder, json);
  });
}

function syncFrame(kind: number, bytes: Uint8Array): Buffer {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

function frame(write: (encoder: encoding.Encoder) => void): Buffer {
  const encoder = encoding.createEncoder();
  write(encoder);
  const bytes = encoding.toUint8Array(encoder);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
