import { expect, test } from "vitest";
import { commandFor, familyOf, parseOsRelease, planPrograms } from "./programs.mjs";

const debian = { id: "debian", like: [] };
const ubuntu = { id: "ubuntu", like: ["debian"] };
const everything: ("nats-server" | "ffmpeg" | "chromium")[] = ["nats-server", "ffmpeg", "chromium"];

test("nothing is done when nothing is missing", () => {
  expect(planPrograms({ system: debian, missing: [], mayInstall: true, isRoot: true })).toEqual({
    apt: [],
    playwright: false,
    byHand: null,
  });
});

test("on Debian everything comes from apt when we may", () => {
  const plan = planPrograms({ system: debian, missing: everything, mayInstall: true, isRoot: true });
  expect(plan).toEqual({
    apt: ["nats-server", "ffmpeg", "chromium", "fonts-liberation"],
    playwright: false,
    byHand: null,
  });
});

test("on Debian without the right to install, the person gets the exact command", () => {
  const plan = planPrograms({ system: debian, missing: ["ffmpeg"], mayInstall: false, isRoot: false });
  expect(plan.byHand).toEqual({
    missing: ["ffmpeg"],
    command: "sudo apt-get update && sudo apt-get install -y ffmpeg",
  });
  expect(plan.apt).toEqual([]);
});

test("on Ubuntu, whose chromium is a snap, Playwright's is fetched", () => {
  const plan = planPrograms({ system: ubuntu, missing: everything, mayInstall: true, isRoot: false });
  expect(plan).toEqual({ apt: ["nats-server", "ffmpeg"], playwright: true, byHand: null });
});

test("on Ubuntu Playwright's Chromium is fetched even by those who may install nothing else", () => {
  const plan = planPrograms({ system: ubuntu, missing: ["nats-server", "chromium"], mayInstall: false, isRoot: false });
  expect(plan.playwright).toBe(true);
  expect(plan.byHand?.missing).toEqual(["nats-server"]);
});

test.each([
  [{ id: "fedora", like: [] }, "sudo dnf install -y nats-server ffmpeg-free chromium"],
  [{ id: "manjaro", like: ["arch"] }, "sudo pacman -S --needed nats-server ffmpeg chromium"],
  [{ id: "macos", like: [] }, "brew install nats-server ffmpeg && brew install --cask chromium"],
])("a person on %o is told: %s", (system, command) => {
  expect(planPrograms({ system, missing: everything, mayInstall: true, isRoot: false }).byHand?.command).toBe(command);
});

test("on a system we do not know, the variables are named", () => {
  const command = commandFor(familyOf({ id: "plan9", like: [] }), ["ffmpeg"], false);
  expect(command).toBe("install ffmpeg (or set FFMPEG_PATH)");
});

test("a system that is like Ubuntu and like Debian is taken as Ubuntu", () => {
  const system = parseOsRelease('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21"\n');
  expect(system).toEqual({ id: "linuxmint", like: ["ubuntu", "debian"] });
  expect(familyOf(system)).toBe("ubuntu");
});
