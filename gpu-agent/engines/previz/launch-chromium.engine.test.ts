import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { launchChromium } from "./launch-chromium.ts";

const executable = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
/** In a folder of its own each browser has its profile, which its command line names. */
const browsersOf = (mark: string) =>
  readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, "utf8").includes(`user-data-dir=${mark}`);
    } catch {
      return false;
    }
  });
const until = async (isTrue: () => boolean) => {
  for (const end = Date.now() + 15_000; !isTrue() && Date.now() < end;) await sleep(50);
  return isTrue();
};

test("a browser goes with the process that started it, even when that is killed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "backlot-orphan-"));
  const mark = join(folder, "profile-");
  const code = `
    import { launchChromium } from ${JSON.stringify(new URL("launch-chromium.ts", import.meta.url).href)};
    await launchChromium(${JSON.stringify(executable)}, "about:blank", ${JSON.stringify(mark)});
    setInterval(() => undefined, 1000);`;
  const starter = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], { stdio: "ignore" });
  expect(await until(() => browsersOf(mark).length > 0)).toBe(true);
  starter.kill("SIGKILL");
  await once(starter, "exit");
  expect(await until(() => browsersOf(mark).length === 0)).toBe(true);
  await rm(folder, { recursive: true, force: true });
}, 40_000);

test("a browser that is not there ends at once, with the reason", async () => {
  const browser = await launchChromium("/nowhere/chromium", "about:blank");
  expect(await browser.over).toContain("ENOENT");
  await browser.close();
});
