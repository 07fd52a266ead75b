/**
 * Reads what a server wrote to the wire, as strictly as a browser: WebSocket frames without masks, however they are cut
 * into buffers, put together to whole messages.
 */
const binary = 2;
const continuation = 0;

export class FramedMessages {
  #bytes: Buffer = Buffer.alloc(0);
  #fragments: Buffer[] | null = null;

  /**
   * @returns the messages that these bytes made whole
   * @throws Error when they break the protocol
   */
  take(bytes: Uint8Array): Uint8Array[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const messages: Uint8Array[] = [];
    for (let frame = this.#nextFrame(); frame !== null; frame = this.#nextFrame()) {
      if (frame.opcode === binary && this.#fragments !== null) throw new Error("a message between another's fragments");
      if (frame.opcode === continuation && this.#fragments === null) throw new Error("a continuation of nothing");
      if (frame.opcode !== binary && frame.opcode !== continuation) throw new Error(`opcode ${frame.opcode}`);
      const parts: Buffer[] = [...(this.#fragments ?? []), frame.payload];
      this.#fragments = frame.isFinal ? null : parts;
      if (frame.isFinal) messages.push(Uint8Array.from(Buffer.concat(parts)));
    }
    return messages;
  }

  #nextFrame(): { isFinal: boolean; opcode: number; payload: Buffer } | null {
    const bytes = this.#bytes;
    if (bytes.length < 2) return null;
    const [first = 0, second = 0] = bytes;
    if ((first & 0x70) !== 0) throw new Error("reserved bits");
    if (second > 127) throw new Error("a server masks nothing");
    const header = second < 126 ? 2 : second === 126 ? 4 : 10;
    if (bytes.length < header) return null;
    const length = second < 126 ? second : second === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < header + length) return null;
    this.#bytes = bytes.subarray(header + length);
    return { isFinal: (first & 0x80) !== 0, opcode: first & 0x0f, payload: bytes.subarray(header, header + length) };
  }
}
