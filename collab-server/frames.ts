/**
 * Frames as bytes: how ours are written, WebSocket framing included, and how theirs are read. Lengths are checked against
 * the frame itself, because lib0 reads through a view of the whole network buffer: a lying length would hand out other
 * people's bytes.
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

/** A message of the protocol whose bytes lie in two places, so that a large document is not copied to be sent. */
export interface Message {
  head: Uint8Array<ArrayBuffer>;
  body: Uint8Array;
}

const syncMessage = (kind: number, body: Uint8Array): Message => ({
  head: encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint(encoder, body.length);
  }),
  body,
});
export const step1Message = (stateVector: Uint8Array): Message => syncMessage(step1, stateVector);
export const step2Message = (bytes: Uint8Array): Message => syncMessage(step2, bytes);
export const updateMessage = (bytes: Uint8Array): Message => syncMessage(update, bytes);

export function savedMessage(frames: number): Message {
  return short((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.saved);
    encoding.writeVarUint(encoder, frames);
  });
}

export function deniedMessage(reason: string): Message {
  return short((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.auth);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, reason);
  });
}

export function generationMessage(generation: string): Message {
  return short((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.generation);
    encoding.writeVarString(encoder, generation);
  });
}

export function awarenessMessage(bytes: Uint8Array): Message {
  return short((encoder) => {
    encoding.writeVarUint(encoder, frameTypes.awareness);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

export const jobMessage = (event: unknown): Message => jsonMessage(frameTypes.job, JSON.stringify(event));
export const ephemeralMessage = (json: string): Message => jsonMessage(frameTypes.ephemeral, json);

function jsonMessage(type: number, json: string): Message {
  return short((encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarString(encoder, json);
  });
}

const nothing = new Uint8Array();
const short = (write: (encoder: encoding.Encoder) => void): Message => ({
  head: encoding.encode(write),
  body: nothing,
});

const binary = 2;
const continuation = 0;
const final = 0x80;

/** A message as one whole WebSocket frame: made once, written to everybody. */
export function framed({ head, body }: Message): Buffer {
  const length = head.length + body.length;
  const header = headerLength(length);
  const buffer = Buffer.allocUnsafe(header + length);
  writeHeader(buffer, final | binary, length);
  buffer.set(head, header);
  buffer.set(body, header + head.length);
  return buffer;
}

/**
 * A message as WebSocket fragments of one message.
 * @returns what to write, in order, each with the part of the body that follows it
 */
export function* fragmentsOf({ head, body }: Message, sliceBytes: number): Generator<[Buffer, Uint8Array]> {
  for (let at = 0; at === 0 || at < body.length; at += sliceBytes) {
    const slice = body.subarray(at, at + sliceBytes);
    const before = at === 0 ? head : nothing;
    const isLast = at + sliceBytes >= body.length;
    const length = before.length + slice.length;
    const start = Buffer.allocUnsafe(headerLength(length) + before.length);
    writeHeader(start, (isLast ? final : 0) | (at === 0 ? binary : continuation), length);
    start.set(before, headerLength(length));
    yield [start, slice];
  }
}

const headerLength = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

function writeHeader(buffer: Buffer, first: number, length: number): void {
  buffer[0] = first;
  if (length < 126) {
    buffer[1] = length;
  } else if (length < 65_536) {
    buffer[1] = 126;
    buffer.writeUInt16BE(length, 2);
  } else {
    buffer[1] = 127;
    buffer.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
    buffer.writeUInt32BE(length >>> 0, 6);
  }
}
