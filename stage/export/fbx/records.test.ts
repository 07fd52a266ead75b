import { unzlibSync } from "fflate";
import { expect, test } from "vitest";
import { double, encodeFbx, record } from "./records.ts";

type Read = { name: string; values: unknown[]; inside: Read[] };

/** Reads a file as strictly as one can: every length must lead exactly to where the next thing begins. */
function readFbx(bytes: Uint8Array): { version: number; records: Read[]; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number, length: number) => new TextDecoder("utf-8", { fatal: true }).decode(slice(at, length));
  const slice = (at: number, length: number) => {
    if (at + length > bytes.length) throw new Error(`${length} bytes at ${at} are more than there are`);
    return bytes.slice(at, at + length);
  };
  const rows = { i: Int32Array, l: BigInt64Array, f: Float32Array, d: Float64Array };
  function readValue(at: number): [unknown, number] {
    const type = text(at, 1);
    switch (type) {
      case "C":
        return [bytes[at + 1] === 1, at + 2];
      case "I":
        return [view.getInt32(at + 1, true), at + 5];
      case "L":
        return [view.getBigInt64(at + 1, true), at + 9];
      case "D":
        return [view.getFloat64(at + 1, true), at + 9];
      case "S":
      case "R": {
        const length = view.getUint32(at + 1, true);
        return [type === "S" ? text(at + 5, length) : slice(at + 5, length), at + 5 + length];
      }
      default: {
        const kind = rows[type as keyof typeof rows];
        const [count, packed, length] = [1, 5, 9].map((off) => view.getUint32(at + off, true));
        const raw = packed === 1 ? unzlibSync(slice(at + 13, length!)) : slice(at + 13, length!);
        if (raw.length !== count! * kind.BYTES_PER_ELEMENT)
          throw new Error(`a row of ${count} has ${raw.length} bytes`);
        return [[...new kind(raw.buffer)], at + 13 + length!];
      }
    }
  }
  /** @returns null for the empty record that ends a block */
  function readRecord(at: number): { read: Read | null; end: number } {
    const [end, count, length] = [0, 4, 8].map((off) => view.getUint32(at + off, true));
    const named = bytes[at + 12]!;
    if (end === 0) {
      if (count !== 0 || length !== 0 || named !== 0) throw new Error(`the end of a block at ${at} is not empty`);
      return { read: null, end: at + 13 };
    }
    const read: Read = { name: text(at + 13, named), values: [], inside: [] };
    let next = at + 13 + named;
    const valuesEnd = next + length!;
    for (let n = 0; n < count!; n += 1) {
      const [value, after] = readValue(next);
      read.values.push(value);
      next = after;
    }
    if (next !== valuesEnd) throw new Error(`${read.name} says that its values end at ${valuesEnd}, not ${next}`);
    while (next < end!) {
      const inner = readRecord(next);
      next = inner.end;
      if (inner.read === null) break;
      read.inside.push(inner.read);
    }
    if (next !== end) throw new Error(`${read.name} says that it ends at ${end}, not ${next}`);
    return { read, end };
  }
  expect(text(0, 21)).toBe("Kaydara FBX Binary  \0");
  expect([bytes[21], bytes[22]]).toEqual([0x1a, 0]);
  const records: Read[] = [];
  let at = 27;
  for (let next = readRecord(at); ; next = readRecord(at)) {
    at = next.end;
    if (next.read === null) break;
    records.push(next.read);
  }
  return { version: view.getUint32(23, true), records, end: at };
}

test("every value comes back as it was, long rows packed, and every record ends where it says", () => {
  const long = Float64Array.from({ length: 500 }, (_, at) => at / 8);
  const bytes = encodeFbx([
    record("Empty", []),
    record("Block", [], []),
    record("Values", ["Ω words", 7, -(2n ** 40n), double(0.1), true, Uint8Array.of(1, 2, 3)]),
    record("Rows", [Int32Array.of(-1, 2), BigInt64Array.of(5n), Float32Array.of(0.5), long]),
    record("Outer", [1], [record("Inner", ["x"], [record("Innermost", [2])]), record("Last", [])]),
  ]);
  const { version, records } = readFbx(bytes);
  expect(version).toBe(7400);
  expect(records).toEqual([
    { name: "Empty", values: [], inside: [] },
    { name: "Block", values: [], inside: [] },
    { name: "Values", values: ["Ω words", 7, -(2n ** 40n), 0.1, true, Uint8Array.of(1, 2, 3)], inside: [] },
    { name: "Rows", values: [[-1, 2], [5n], [0.5], [...long]], inside: [] },
    {
      name: "Outer",
      values: [1],
      inside: [
        { name: "Inner", values: ["x"], inside: [{ name: "Innermost", values: [2], inside: [] }] },
        { name: "Last", values: [], inside: [] },
      ],
    },
  ]);
  expect(bytes.length).toBeLessThan(long.byteLength);
});

test("a file ends with its version again and its closing bytes, on a whole sixteen", () => {
  // Whatever the records' length, so that every width of the filling is met.
  for (let length = 0; length < 16; length += 1) {
    const bytes = encodeFbx([record("X", ["x".repeat(length)])]);
    const { end } = readFbx(bytes);
    expect(bytes.length % 16).toBe(0);
    expect(bytes.length - end).toBeGreaterThanOrEqual(160);
    expect(new DataView(bytes.buffer).getUint32(bytes.length - 140, true)).toBe(7400);
    expect(bytes.at(-1)).toBe(0x0b);
  }
});
