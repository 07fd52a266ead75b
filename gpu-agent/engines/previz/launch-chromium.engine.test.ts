import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { launchChromium } from "./launch-chromium.ts";

const executable = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
/** In a folder of its own each browser has its profile, which its command line names. */
const browsersOf = (folder: string) =>
  readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, "utf8").includes(`user-data-dir=${folder}`);
    } catch {
      return false;
    }
  });
const until = async (isTrue: () => boolean) => {
  for (const end = Date.now() + 15_000; !isTrue() && Date.now() < end;) await sleep(50);
  return isTrue();
};

test("a browser goes with the process that started it, even when that is killed; its profile goes with the next start", async () => {
  const folder = await mkdtemp(join(tmpdir(), "backlot-orphan-"));
  const code = `
    import { launchChromium } from ${JSON.stringify(new URL("launch-chromium.ts", import.meta.url).href)};
    await launchChromium(${JSON.stringify(executable)}, "about:blank", ${JSON.stringify(folder)});
    setInterval(() => undefined, 1000);`;
  const starter = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], { stdio: "ignore" });
  try {
    expect(await until(() => browsersOf(folder).length > 0)).toBe(true);
    starter.kill("SIGKILL");
    expect(await until(() => browsersOf(folder).length === 0)).toBe(true);
    expect(readdirSync(folder)).toHaveLength(1);
    const next = await launchChromium("/nowhere/chromium", "about:blank", folder);
    expect(readdirSync(folder)).toEqual([expect.stringContaining(`-${process.pid}-`)]);
    await next.close();
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    starter.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}, 40_000);

test("a browser that is not there ends at once, with the reason", async () => {
  const browser = await launchChromium("/nowhere/chromium", "about:blank");
  expect(await browser.over).toContain("ENOENT");
  await browser.close();
});

test("a browser is closed though a helper of its own outlives it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "backlot-helper-"));
  const program = join(folder, "chromium");
  await writeFile(program, "#!/bin/sh\nsetsid sleep 8 &\nexec sleep 30\n", { mode: 0o755 });
  const browser = await launchChromium(program, "about:blank", folder);
  await sleep(200);
  const began = Date.now();
  await browser.close();
  expect(Date.now() - began).toBeLessThan(6_000);
  await rm(folder, { recursive: true, force: true });
});
