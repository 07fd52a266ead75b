import type { FrameRate } from "#domain/time.ts";
import { ticksAt, timeMode } from "./clock.ts";
import { broken, choice, type FbxObjects, moment, properties, property, sceneId, whole } from "./objects.ts";
import { encodeFbx, type FbxRecord, fbxVersion, fileId, madeAt, record } from "./records.ts";

const creator = "Backlot";
const documentId = 999_999n;

/** How long a file's one animation is, and what it is called. */
export type FbxTake = { name: string; fps: FrameRate; lastFrame: number };

/** Puts a whole file round its things: right-handed, y up, z ahead, centimetres. */
export function fbxFile(objects: FbxObjects, take: FbxTake): Uint8Array {
  return encodeFbx([
    header(),
    record("FileId", [fileId]),
    record("CreationTime", [madeAt]),
    record("Creator", [creator]),
    settings(take),
    documents(take),
    record("References", [], []),
    definitions(objects.records),
    record("Objects", [], objects.records),
    record("Connections", [], objects.connections),
    takes(take),
  ]);
}

function header(): FbxRecord {
  const stamp = { Version: 1000, Year: 1970, Month: 1, Day: 1, Hour: 10, Minute: 0, Second: 0, Millisecond: 0 };
  return record(
    "FBXHeaderExtension",
    [],
    [
      record("FBXHeaderVersion", [1003]),
      record("FBXVersion", [fbxVersion]),
      record("EncryptionType", [0]),
      record(
        "CreationTimeStamp",
        [],
        Object.entries(stamp).map(([name, value]) => record(name, [value])),
      ),
      record("Creator", [creator]),
    ],
  );
}

function settings({ fps, lastFrame }: FbxTake): FbxRecord {
  return record(
    "GlobalSettings",
    [],
    [
      record("Version", [1000]),
      properties([
        ...[whole("UpAxis", 1), whole("UpAxisSign", 1)],
        ...[whole("FrontAxis", 2), whole("FrontAxisSign", 1)],
        ...[whole("CoordAxis", 0), whole("CoordAxisSign", 1)],
        ...[whole("OriginalUpAxis", 1), whole("OriginalUpAxisSign", 1)],
        // A unit is so many centimetres.
        ...[broken("UnitScaleFactor", 1), broken("OriginalUnitScaleFactor", 1)],
        choice("TimeMode", timeMode(fps)),
        ...[moment("TimeSpanStart", 0n), moment("TimeSpanStop", ticksAt(lastFrame, fps))],
        broken("CustomFrameRate", fps.num / fps.den),
      ]),
    ],
  );
}

function documents({ name }: FbxTake): FbxRecord {
  const active = property("ActiveAnimStackName", "KString", "", "", name);
  return record(
    "Documents",
    [],
    [
      record("Count", [1]),
      record("Document", [documentId, "Scene", "Scene"], [properties([active]), record("RootNode", [sceneId])]),
    ],
  );
}

/** How many there are of each kind of thing. */
function definitions(things: readonly FbxRecord[]): FbxRecord {
  const counts = new Map<string, number>([["GlobalSettings", 1]]);
  for (const { name } of things) counts.set(name, (counts.get(name) ?? 0) + 1);
  return record(
    "Definitions",
    [],
    [
      record("Version", [100]),
      record("Count", [things.length + 1]),
      ...[...counts].map(([kind, count]) => record("ObjectType", [kind], [record("Count", [count])])),
    ],
  );
}

function takes({ name, fps, lastFrame }: FbxTake): FbxRecord {
  const span = [0n, ticksAt(lastFrame, fps)];
  return record(
    "Takes",
    [],
    [
      record("Current", [name]),
      record(
        "Take",
        [name],
        [record("FileName", [`${name}.tak`]), record("LocalTime", span), record("ReferenceTime", span)],
      ),
    ],
  );
}
