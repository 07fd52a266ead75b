import { styleText } from "node:util";

const began = performance.now();

/** One calm line for the person at the terminal, with the seconds since the command began. Colour only on a terminal. */
export function say(text: string, tone: "plain" | "good" | "warn" | "bad" = "plain"): void {
  const seconds = Number(process.env["BACKLOT_STARTED_AT"] ?? 0);
  const elapsed = seconds > 0 ? (Date.now() - seconds) / 1000 : (performance.now() - began) / 1000;
  const stamp = `${elapsed.toFixed(1).padStart(6)}s`;
  process.stdout.write(`${paint("dim", stamp)}  ${tone === "plain" ? text : paint(tones[tone], text)}\n`);
}

const tones = { good: "green", warn: "yellow", bad: "red" } as const;

function paint(style: "dim" | "green" | "yellow" | "red", text: string): string {
  const colour = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
  return colour ? styleText(style, text) : text;
}
