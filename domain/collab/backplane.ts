/**
 * What collab-servers say to each other about a film, on `film.bytes.<project>`. Postgres alone decides what is in the
 * document; this only carries it to editors on other instances sooner than reading the log would. A message that gets
 * lost is noticed by the gap it leaves in the positions, or by the next look at the log's head.
 *
 * A message is varUint version, varString instance, varUint kind, and then:
 *
 * - 0 stored: varUint position, varUint 1 and varUint8Array update; or varUint 0, when it is too large to carry
 * - 1 late: varUint8Array update. Shown to editors, not stored yet: the commit takes long
 * - 2 awareness: varUint8Array awareness update of people on that instance
 * - 3 drag: varString JSON of an `EphemeralFrame`
 * - 4 hello: nothing. The instance has opened the film and asks who is in it
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

export type RoomNews =
  | { kind: "stored"; position: number; bytes: Uint8Array | null }
  | { kind: "late"; bytes: Uint8Array }
  | { kind: "awareness"; bytes: Uint8Array }
  | { kind: "drag"; json: string }
  | { kind: "hello" };

const version = 1;
const kinds = ["stored", "late", "awareness", "drag", "hello"] as const;

export function encodeRoomNews(from: string, news: RoomNews): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, version);
    encoding.writeVarString(encoder, from);
    encoding.writeVarUint(encoder, kinds.indexOf(news.kind));
    writeContent(encoder, news);
  });
}

function writeContent(encoder: encoding.Encoder, news: RoomNews): void {
  if (news.kind === "stored") {
    encoding.writeVarUint(encoder, news.position);
    encoding.writeVarUint(encoder, news.bytes === null ? 0 : 1);
    if (news.bytes !== null) encoding.writeVarUint8Array(encoder, news.bytes);
  } else if (news.kind === "drag") {
    encoding.writeVarString(encoder, news.json);
  } else if (news.kind !== "hello") {
    encoding.writeVarUint8Array(encoder, news.bytes);
  }
}

/** @throws Error when it is none of ours, or of another version */
export function decodeRoomNews(message: Uint8Array): { from: string; news: RoomNews } {
  const decoder = decoding.createDecoder(message);
  const theirs = decoding.readVarUint(decoder);
  if (theirs !== version) throw new Error(`version ${theirs} of the backplane's messages`);
  const from = decoding.readVarString(decoder);
  const number = decoding.readVarUint(decoder);
  const kind = kinds[number];
  if (kind === undefined) throw new Error(`message ${number} of the backplane`);
  const readBytes = () => decoding.readVarUint8Array(decoder).slice();
  switch (kind) {
    case "stored": {
      const position = decoding.readVarUint(decoder);
      return { from, news: { kind, position, bytes: decoding.readVarUint(decoder) === 1 ? readBytes() : null } };
    }
    case "late":
    case "awareness":
      return { from, news: { kind, bytes: readBytes() } };
    case "drag":
      return { from, news: { kind, json: decoding.readVarString(decoder) } };
    case "hello":
      return { from, news: { kind } };
  }
}
