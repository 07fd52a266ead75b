/**
 * A small WebSocket client on a plain TCP socket. The generator shares the machine with the server it measures, so each
 * message must cost it far less than a full client would. It reads fragments and sends with a mask of zeros, which is a
 * valid mask and leaves the payload as it is.
 */
import { createHash, randomBytes } from "node:crypto";
import net from "node:net";

export interface RawWsEvents {
  open: () => void;
  /** The bytes are a view of what the network brought and stay as they are. */
  message: (data: Buffer) => void;
  closed: (code: number, reason: string) => void;
}

const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const text = 1;
const binary = 2;
const close = 8;
const ping = 9;
const pong = 10;

interface Head {
  headBytes: number;
  bodyBytes: number;
}

export class RawWs {
  readonly socket: net.Socket;
  bytesIn = 0;
  readonly #events: RawWsEvents;
  readonly #accept: string;
  #isOpen = false;
  #isClosed = false;
  /** What came and is not read yet, and how much of it there must be before reading makes sense. */
  #chunks: Buffer[] = [];
  #have = 0;
  #need = 0;
  #fragments: Buffer[] = [];

  /** @throws Error when the address is not on this machine */
  constructor(address: string, events: RawWsEvents) {
    const url = new URL(address);
    if (url.hostname !== "127.0.0.1") throw new Error("a bench talks to its own machine only");
    this.#events = events;
    const key = randomBytes(16).toString("base64");
    this.#accept = createHash("sha1").update(`${key}${guid}`).digest("base64");
    this.socket = net.connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    const request = [
      `GET ${url.pathname}${url.search} HTTP/1.1`,
      `Host: ${url.host}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      `Sec-WebSocket-Key: ${key}`,
      "Sec-WebSocket-Version: 13",
    ];
    this.socket.on("connect", () => this.socket.write(`${request.join("\r\n")}\r\n\r\n`));
    this.socket.on("data", (chunk: Buffer) => this.#take(chunk));
    // What went wrong is said by the close that follows.
    this.socket.on("error", () => undefined);
    this.socket.on("close", () => this.#end(1006, "the connection ended"));
  }

  send(data: Uint8Array): void {
    this.#sendFrame(binary, data);
  }

  /** Sends bytes as they are, valid or not. */
  sendRaw(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  sendText(bytes: Uint8Array): void {
    this.#sendFrame(text, bytes);
  }

  /** Says goodbye. A server answers after it has read everything before it. */
  close(): void {
    this.#sendFrame(close, Buffer.from([0x03, 0xe8]));
  }

  terminate(): void {
    this.#end(1006, "cut off by the bench");
  }

  #end(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isOpen = false;
    this.socket.destroy();
    this.#events.closed(code, reason);
  }

  /** A large message comes in many chunks: they are put together once, when it is whole. */
  #take(chunk: Buffer): void {
    this.bytesIn += chunk.length;
    this.#chunks.push(chunk);
    this.#have += chunk.length;
    if (this.#have < this.#need) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#need = 0;
    const rest = bytes.subarray(this.#isOpen ? this.#readFrames(bytes, 0) : this.#readAnswer(bytes));
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#have = rest.length;
  }

  /** @returns how many bytes were read */
  #readAnswer(bytes: Buffer): number {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return 0;
    const answer = bytes.toString("latin1", 0, end);
    if (!answer.startsWith("HTTP/1.1 101") || !answer.includes(this.#accept)) {
      this.#end(1002, answer.split("\r\n")[0] ?? "");
      return bytes.length;
    }
    this.#isOpen = true;
    this.#events.open();
    return this.#readFrames(bytes, end + 4);
  }

  #readFrames(bytes: Buffer, from: number): number {
    let at = from;
    while (!this.#isClosed) {
      const head = readHead(bytes, at);
      if (head === null) break;
      const end = at + head.headBytes + head.bodyBytes;
      if (end > bytes.length) {
        this.#need = end - at;
        break;
      }
      const first = bytes[at] ?? 0;
      this.#readFrame(first & 15, (first & 128) !== 0, bytes.subarray(at + head.headBytes, end));
      at = end;
    }
    return at;
  }

  #readFrame(kind: number, isLast: boolean, body: Buffer): void {
    if (kind === ping) return this.#sendFrame(pong, body);
    if (kind === close) {
      this.#sendFrame(close, body);
      return this.#end(body.length >= 2 ? body.readUInt16BE(0) : 1005, body.toString("utf8", 2));
    }
    if (kind > 7) return;
    if (!isLast) return void this.#fragments.push(body);
    if (this.#fragments.length === 0) return this.#events.message(body);
    const message = Buffer.concat([...this.#fragments, body]);
    this.#fragments = [];
    this.#events.message(message);
  }

  #sendFrame(kind: number, body: Uint8Array): void {
    if (!this.#isOpen) return;
    const length = body.length;
    const headBytes = length < 126 ? 6 : length < 65_536 ? 8 : 14;
    const frame = Buffer.alloc(headBytes + length);
    frame[0] = 128 | kind;
    frame[1] = 128 | (length < 126 ? length : length < 65_536 ? 126 : 127);
    if (headBytes === 8) frame.writeUInt16BE(length, 2);
    if (headBytes === 14) frame.writeBigUInt64BE(BigInt(length), 2);
    frame.set(body, headBytes);
    this.socket.write(frame);
  }
}

/** @returns null when there are too few bytes to tell */
function readHead(bytes: Buffer, at: number): Head | null {
  const left = bytes.length - at;
  const short = (bytes[at + 1] ?? 0) & 127;
  const headBytes = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (left < 2 || left < headBytes) return null;
  if (short === 126) return { headBytes, bodyBytes: bytes.readUInt16BE(at + 2) };
  if (short === 127) return { headBytes, bodyBytes: Number(bytes.readBigUInt64BE(at + 2)) };
  return { headBytes, bodyBytes: short };
}
