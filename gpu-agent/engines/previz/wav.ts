/** @returns the head of a 16-bit PCM WAV, with who made it in its INFO list; `bytes` of samples follow */
export function wavHeader(options: { sampleRate: number; channels: number; bytes: number; label: string }): Buffer {
  const text = Buffer.from(`${options.label}\0${options.label.length % 2 === 0 ? "\0" : ""}`, "latin1");
  const info = Buffer.alloc(8 + 4 + 8 + text.byteLength);
  info.write("LIST", 0, "latin1");
  info.writeUInt32LE(info.byteLength - 8, 4);
  info.write("INFOISFT", 8, "latin1");
  info.writeUInt32LE(text.byteLength, 16);
  text.copy(info, 20);
  const head = Buffer.alloc(36);
  const frame = options.channels * 2;
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + info.byteLength + 8 + options.bytes - 8, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(options.channels, 22);
  head.writeUInt32LE(options.sampleRate, 24);
  head.writeUInt32LE(options.sampleRate * frame, 28);
  head.writeUInt16LE(frame, 32);
  head.writeUInt16LE(16, 34);
  const data = Buffer.alloc(8);
  data.write("data", 0, "latin1");
  data.writeUInt32LE(options.bytes, 4);
  return Buffer.concat([head, info, data]);
}
