import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { endLeftoverCluster } from "./embedded-postgres.ts";

test("a Postgres that was killed but not yet waited for does not keep the next one from starting", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-pid-"));
  // Who takes the shell's place never asks for its child's exit code: the child is then dead and its id still taken. It
  // outlives the shell, which would ask.
  const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 30"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk))),
    );
    fs.writeFileSync(path.join(folder, "postmaster.pid"), `${pid}\n`);
    await expect.poll(() => fs.readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")).toBe(true);
    expect(await endLeftoverCluster(folder)).toBe(false);
    expect(fs.existsSync(path.join(folder, "postmaster.pid"))).toBe(false);
  } finally {
    parent.kill("SIGKILL");
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
