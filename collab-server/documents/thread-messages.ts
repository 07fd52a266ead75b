/**
 * Bytes on their way to another thread. What is posted is cloned together with the whole buffer it lies in, which for
 * small rows is a shared one of 8 KiB or more; so bytes are copied into one buffer that is handed over.
 */
import type { TaskFailure } from "./tasks.ts";

export interface TaskRequest {
  id: number;
  task: Packed;
}
export type TaskAnswer =
  | { id: number; status: "done"; answer: Packed }
  | { id: number; status: "failed"; failure: TaskFailure };

/** A plain object whose byte fields lie in `heap`. */
export interface Packed {
  fields: Record<string, unknown>;
  heap: ArrayBuffer;
  /** Which fields are bytes, or lists of bytes: where each begins and ends. */
  bytes: Record<string, [number, number]>;
  lists: Record<string, [number, number][]>;
}

export function pack(value: object): { message: Packed; transfer: ArrayBuffer[] } {
  const entries = Object.entries(value);
  const size = entries.reduce((sum, [, field]) => sum + sizeOf(field), 0);
  const heap = new Uint8Array(size);
  const packed: Packed = { fields: {}, heap: heap.buffer, bytes: {}, lists: {} };
  let at = 0;
  const place = (bytes: Uint8Array): [number, number] => {
    heap.set(bytes, at);
    at += bytes.length;
    return [at - bytes.length, at];
  };
  for (const [name, field] of entries) {
    if (field instanceof Uint8Array) packed.bytes[name] = place(field);
    else if (isByteList(field)) packed.lists[name] = field.map(place);
    else packed.fields[name] = field;
  }
  return { message: packed, transfer: [packed.heap] };
}

export function unpack<T>({ fields, heap, bytes, lists }: Packed): T {
  const view = ([from, to]: [number, number]) => new Uint8Array(heap, from, to - from);
  return {
    ...fields,
    ...Object.fromEntries(Object.entries(bytes).map(([name, range]) => [name, view(range)])),
    ...Object.fromEntries(Object.entries(lists).map(([name, ranges]) => [name, ranges.map(view)])),
  } as T;
}

function sizeOf(field: unknown): number {
  if (field instanceof Uint8Array) return field.length;
  return isByteList(field) ? field.reduce((sum, bytes) => sum + bytes.length, 0) : 0;
}

function isByteList(field: unknown): field is Uint8Array[] {
  return Array.isArray(field) && field.length > 0 && field.every((one) => one instanceof Uint8Array);
}
