import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FolderInUse, openDataFolder } from "./data-folder.ts";
import { birthMark } from "./processes.ts";

function aFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-data-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a secret is made once, kept, and readable by its owner alone", () => {
  const folder = aFolder();
  const first = openDataFolder(folder);
  const secret = first.secret("session-secret");
  first.release();
  expect(secret).toHaveLength(64);
  expect(openDataFolder(folder).secret("session-secret")).toBe(secret);
  expect(fs.statSync(path.join(folder, "session-secret")).mode & 0o777).toBe(0o600);
});

test("a folder that a living studio holds is refused, naming its process", () => {
  const folder = aFolder();
  const holder = { pid: process.ppid, birth: birthMark(process.ppid) };
  fs.writeFileSync(path.join(folder, "studio.lock"), JSON.stringify(holder));
  expect(() => openDataFolder(folder)).toThrow(FolderInUse);
  expect(() => openDataFolder(folder)).toThrow(new RegExp(`process ${process.ppid}`));
});

test("the lock of a studio that was killed is taken over", () => {
  const folder = aFolder();
  fs.writeFileSync(path.join(folder, "studio.lock"), JSON.stringify({ pid: 4_000_000, birth: "b:1" }));
  expect(() => openDataFolder(folder)).not.toThrow();
});

test("the lock of a killed studio whose process id another program has now is taken over", () => {
  const folder = aFolder();
  fs.writeFileSync(path.join(folder, "studio.lock"), JSON.stringify({ pid: process.ppid, birth: "another boot:1" }));
  expect(() => openDataFolder(folder)).not.toThrow();
});

test("a lock that was cut off while it was written is taken over", () => {
  const folder = aFolder();
  fs.writeFileSync(path.join(folder, "studio.lock"), '{"pid":1');
  expect(() => openDataFolder(folder)).not.toThrow();
});
