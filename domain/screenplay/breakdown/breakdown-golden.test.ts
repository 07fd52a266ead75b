import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { defaultFrameRate as fps, framesToSeconds } from "#domain/time.ts";
import { breakDown, type ProposedShot } from "#domain/screenplay/breakdown.ts";

const folder = new URL("../fixtures/", import.meta.url).pathname;

/** Whole scripts, read as on the page: a change of the rules shows in what it makes of them. */
test.each(["night-ferry.fountain", "montage.fountain", "languages.fountain", "beats.txt"])(
  "%s is broken down as it was",
  async (name) => {
    const { mode, scenes } = breakDown(readFileSync(folder + name, "utf8"), { fps });
    const read = scenes.map(({ scriptNumber = "", setting, location, time, shots }) =>
      [`${scriptNumber}[${setting}] ${location} | ${time}`, ...shots.map(inALine)].join("\n"),
    );
    await expect(`${mode}\n\n${read.join("\n\n")}\n`).toMatchFileSnapshot(`${folder}${name}.golden`);
  },
);

function inALine({ type, move, action, dialogue, characters, durationFrames, lines }: ProposedShot): string {
  const place = `${(lines?.from ?? 0) + 1}-${lines?.to ?? 0}`;
  const said = dialogue.map((line) => ` "${line.character}: ${line.text}"`).join("");
  return `  ${place} ${type}, ${move}, ${framesToSeconds(durationFrames, fps)} s [${characters.join(", ")}] ${action}${said}`;
}
