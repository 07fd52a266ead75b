import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { startChild } from "./child.ts";
import { isAlive } from "./processes.ts";

const leash = path.resolve("local/leash.mjs");

function aScript(source: string): { file: string; folder: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-child-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "child.mjs");
  fs.writeFileSync(file, source);
  return { file, folder };
}

async function gone(pid: number): Promise<boolean> {
  for (let i = 0; i < 200 && isAlive(pid); i += 1) await sleep(25);
  return !isAlive(pid);
}

async function written(file: string): Promise<string> {
  for (let i = 0; i < 200 && !fs.existsSync(file); i += 1) await sleep(25);
  await sleep(20);
  return fs.readFileSync(file, "utf8");
}

test("what a process says goes to its log, and its warnings and last words to the person", async () => {
  const { file, folder } = aScript(
    `console.log('{"level":40,"msg":"careful"}'); console.error("TypeError: it broke"); process.exit(3);`,
  );
  const told: string[] = [];
  const logFile = path.join(folder, "child.log");
  const child = await startChild(
    { name: "app", args: [file, "app"], env: process.env, graceMs: 1000 },
    { logFile, cwd: folder, leash, tell: (name, text) => told.push(`${name}: ${text}`) },
  );
  expect(await child.ended).toBe("exit code 3");
  expect(told).toEqual(["app: careful", "app: TypeError: it broke"]);
  expect(await written(logFile)).toContain("TypeError: it broke");
});

test("a process that will not stop is ended after its time, with what it started", async () => {
  const { file, folder } = aScript(`
    import { spawn } from "node:child_process"; import fs from "node:fs";
    process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);
    fs.writeFileSync("grandchild", String(spawn("sleep", ["60"]).pid));`);
  const child = await startChild(
    { name: "agent", args: [file, "agent"], env: process.env, graceMs: 200 },
    { logFile: path.join(folder, "child.log"), cwd: folder, leash, tell: () => undefined },
  );
  const grandchild = Number(await written(path.join(folder, "grandchild")));
  await child.stop();
  expect(await gone(grandchild)).toBe(true);
});

test("when the studio is killed, its processes and what they started end by themselves", async () => {
  const { folder } = aScript(`
    import { spawn } from "node:child_process"; import fs from "node:fs";
    setInterval(() => {}, 1000);
    const helper = spawn("sleep", ["60"]);
    fs.writeFileSync("pids", process.pid + " " + helper.pid);`);
  const studio = path.join(folder, "studio.mjs");
  fs.writeFileSync(
    studio,
    `import { spawn } from "node:child_process";
     spawn(process.execPath, ["--import", ${JSON.stringify(leash)}, "child.mjs"], { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] });
     setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [studio], { cwd: folder, stdio: "ignore" });
  const pids = (await written(path.join(folder, "pids"))).split(" ").map(Number);
  parent.kill("SIGKILL");
  expect(await Promise.all(pids.map(gone))).toEqual([true, true]);
});
