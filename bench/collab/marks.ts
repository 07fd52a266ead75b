/**
 * Every edit carries a mark in its value: "@~#", its sender in 2 base-36 digits, its number in 6. A receiver looks for
 * marks in the raw bytes, so that however a server merges, packs or drops superseded updates does not confuse the count.
 */
const magic = Buffer.from("@~#");
const markBytes = 11;

export function markOf(sender: number, number: number): string {
  return `@~#${sender.toString(36).padStart(2, "0")}${number.toString(36).padStart(6, "0")}`;
}

/** Calls `found` for every mark in the bytes. */
export function findMarks(bytes: Buffer, found: (sender: number, number: number) => void): void {
  for (let at = bytes.indexOf(magic); at >= 0 && at + markBytes <= bytes.length;) {
    let number = 0;
    for (let i = at + 5; i < at + markBytes; i += 1) number = number * 36 + digitOf(bytes[i] ?? 0);
    found(digitOf(bytes[at + 3] ?? 0) * 36 + digitOf(bytes[at + 4] ?? 0), number);
    at = bytes.indexOf(magic, at + markBytes);
  }
}

export function bufferOn(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const digitOf = (code: number): number => (code < 58 ? code - 48 : code - 87);
