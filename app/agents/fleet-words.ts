/** How a fleet is said to people. */
import { unreachable } from "#domain/errors.ts";
import type { Capability, JobKind } from "#domain/jobs/capabilities.ts";
import type { AgentView, Depth } from "#domain/jobs/fleet-view.ts";
import type { ShownState } from "#app/ui/state-label.tsx";

export const capabilityWords: Record<Capability, string> = {
  video: "Shots",
  image: "Pictures",
  "image.inpaint": "Picture repairs",
  segment: "Cut-outs",
  "llm.plan": "Plans",
  env3d: "Sets",
  motion: "Motion",
  "audio.music": "Music",
  "audio.sfx": "Sound effects",
  sync: "Timing",
  package: "Packages",
  join: "Joined shots",
  export: "Exports",
};

export const kindWords: Record<JobKind, string> = {
  shot: "Shot",
  thumbnail: "Thumbnail",
  score: "Score",
  export: "Film, MP4",
  stage: "Step of a generation",
  chunk: "Part of a shot",
  image: "Picture",
  edit: "Picture repair",
};

/** The agent's state as icon and word, and as a sentence. */
export function agentState(agent: Pick<AgentView, "state" | "jobs" | "control">): {
  shown: ShownState;
  word: string;
  sentence: string;
} {
  const isDrained = agent.control?.drain === true || agent.state === "draining";
  if (isDrained) {
    const by = agent.control?.drain === true ? ` Drained by ${agent.control.by}.` : "";
    return agent.jobs > 0
      ? { shown: "stale", word: "Draining", sentence: `Finishes what it has, then takes nothing more.${by}` }
      : { shown: "stale", word: "Drained", sentence: `Takes no jobs until it is resumed.${by}` };
  }
  switch (agent.state) {
    case "starting":
      return { shown: "queued", word: "Starting", sentence: "Its engines are being started." };
    case "busy":
      return { shown: "running", word: "Rendering", sentence: "" };
    case "idle":
      return { shown: "ready", word: "Ready", sentence: "" };
    case "draining":
      return { shown: "stale", word: "Draining", sentence: "" };
    default:
      return unreachable(agent.state);
  }
}

/** `64 GB`, `24 GB on the card, 64 GB beside it`. */
export function memoryWords(memory: AgentView["memory"]): string {
  const ram = gigabytes(memory.ramBytes);
  return memory.vramBytes === undefined ? ram : `${gigabytes(memory.vramBytes)} on the card, ${ram} beside it`;
}

function gigabytes(bytes: number): string {
  const gb = bytes / 2 ** 30;
  return gb < 1 ? `${Math.round(bytes / 2 ** 20)} MB` : `${gb < 10 ? Math.round(gb * 10) / 10 : Math.round(gb)} GB`;
}

/** `previz · 14.2 frames/s at 360 lines`, one line for each thing it was measured at; fastest size first. */
export function speedWords(speed: AgentView["speed"]): string[] {
  const measured = Object.entries(speed).map(([key, framesPerSecond]) => {
    const [engine = key, lines] = key.split(":");
    return { engine, lines: Number(lines), framesPerSecond };
  });
  const engines = new Set(measured.map(({ engine }) => engine));
  return measured
    .sort((a, b) => a.engine.localeCompare(b.engine) || a.lines - b.lines)
    .map(({ engine, lines, framesPerSecond }) => {
      const at = Number.isFinite(lines) ? ` at ${lines} lines` : "";
      return `${engines.size > 1 ? `${engine}: ` : ""}${framesPerSecond} frames/s${at}`;
    });
}

/** What an engine takes at most, empty when it has not said. */
export function limitWords(limits: AgentView["engines"][number]["limits"]): string {
  return [
    limits.maxFrames === undefined ? "" : `${limits.maxFrames} frames`,
    limits.maxPixels === undefined ? "" : `${Math.round(limits.maxPixels / 1e5) / 10} megapixels`,
    limits.maxSeconds === undefined ? "" : `${limits.maxSeconds} s of sound`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** `8 s`, `4 min`, `2 h 10 min`, `3 days`: how long something has waited. */
export function longWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 90) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}

/** What stands still in a line of the queue and why, empty when nothing does. */
export function heldWords(depth: Pick<Depth, "held">): string {
  if (depth.held === 0) return "";
  return depth.held === 1 ? "1 held back" : `${depth.held} held back`;
}

/** `1 agent`, `3 agents`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
