import { double, type FbxRecord, type FbxValue, record } from "./records.ts";

/** The things of a file, and what belongs to what. Each thing has a number of its own, and 0 is the scene. */
export type FbxObjects = {
  /** Puts a thing into the file. @returns its number */
  add(kind: string, name: string, type: string, inside: readonly FbxRecord[], inName?: string): bigint;
  /** `child` belongs to `parent`, or is what one of the parent's properties follows. */
  connect(child: bigint, parent: bigint, property?: string): void;
  readonly records: readonly FbxRecord[];
  readonly connections: readonly FbxRecord[];
};

export const sceneId = 0n;

export function fbxObjects(): FbxObjects {
  const records: FbxRecord[] = [];
  const connections: FbxRecord[] = [];
  let last = 1_000_000n;
  return {
    records,
    connections,
    add(kind, name, type, inside, inName = kind) {
      last += 1n;
      records.push(record(kind, [last, named(name, inName), type], inside));
      return last;
    },
    connect(child, parent, property) {
      const ends: FbxValue[] = property === undefined ? ["OO", child, parent] : ["OP", child, parent, property];
      connections.push(record("C", ends));
    },
  };
}

/** A thing's name with its kind, which a binary file parts by two bytes that stand in no name. */
export function named(name: string, kind: string): string {
  return `${name}\0\u0001${kind}`;
}

/** A property by its name, its two types, its flags (`A`: may be animated) and its values. */
export function property(
  name: string,
  type: string,
  subtype: string,
  flags: string,
  ...values: readonly FbxValue[]
): FbxRecord {
  return record("P", [name, type, subtype, flags, ...values]);
}

export const properties = (list: readonly FbxRecord[]): FbxRecord => record("Properties70", [], list);

export const whole = (name: string, value: number) => property(name, "int", "Integer", "", value);
export const broken = (name: string, value: number) => property(name, "double", "Number", "", double(value));
export const choice = (name: string, value: number) => property(name, "enum", "", "", value);
export const moment = (name: string, ticks: bigint) => property(name, "KTime", "Time", "", ticks);
export const colour = (name: string, [r, g, b]: readonly number[]) =>
  property(name, "Color", "", "A", double(r!), double(g!), double(b!));
export const factor = (name: string, value: number) => property(name, "Number", "", "A", double(value));
