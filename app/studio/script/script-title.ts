import { withoutEmphasis } from "#domain/screenplay/fountain/emphasis.ts";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { readHeading, shortPlace } from "#domain/screenplay/fountain/heading.ts";

const longestTitle = 60;

/** What a film is called that came as a script: its title page, else where it begins, else its first words. */
export function titleOfScript(text: string): string {
  const head = text.slice(0, 20_000);
  return fromTitlePage(head) ?? fromFirstPlace(head) ?? fromFirstWords(head) ?? "Untitled film";
}

function fromTitlePage(text: string): string | null {
  const title = /^Title:[ \t]*(?:\r?\n[ \t]+)?(.+)$/im.exec(text.slice(0, 2000))?.[1];
  return cleaned(title, 200);
}

function fromFirstPlace(text: string): string | null {
  const heading = lexFountain(text).find((line) => line.kind === "scene-heading");
  return heading
    ? cleaned(shortPlace(readHeading(heading.text.trim().replace(/^\./, "")).location), longestTitle)
    : null;
}

function fromFirstWords(text: string): string | null {
  const line = text.split("\n").find((each) => /\p{L}/u.test(each));
  const words = (line ?? "")
    .replace(/^[^\p{L}]+/u, "")
    .split(/\s+/)
    .slice(0, 5);
  return cleaned(words.join(" ").replace(/[.,:;–—-]+$/, ""), longestTitle);
}

function cleaned(title: string | undefined, most: number): string | null {
  const plain = withoutEmphasis(title ?? "")
    .trim()
    .slice(0, most);
  return plain === "" ? null : plain;
}
