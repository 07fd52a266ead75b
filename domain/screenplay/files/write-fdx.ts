/** Final Draft's XML. */
import type { Run } from "#domain/screenplay/fountain/emphasis.ts";
import { fdxOf, type FdxParagraph } from "./fdx.ts";
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";

export function writeFdx(lines: readonly LexedLine[]): string {
  const { title, blocks } = fdxOf(lines);
  let noteId = 0;
  const noteIds = () => (noteId += 1);
  const content = blocks.map((block) =>
    "dual" in block
      ? `    <Paragraph>\n      <DualDialogue>\n${block.dual.map((one) => paragraph(one, "        ", noteIds)).join("")}      </DualDialogue>\n    </Paragraph>\n`
      : paragraph(block, "    ", noteIds),
  );
  const titlePage =
    title.length === 0
      ? ""
      : `  <TitlePage>\n    <Content>\n${title.map((one) => paragraph(one, "      ", noteIds)).join("")}    </Content>\n  </TitlePage>\n`;
  const hasLyrics = lines.some((line) => line.kind === "lyric");
  return `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft DocumentType="Script" Template="No" Version="4">\n  <Content>\n${content.join("")}  </Content>\n${titlePage}${hasLyrics ? lyricsSettings : ""}</FinalDraft>\n`;
}

function paragraph(one: FdxParagraph, indent: string, noteId: () => number): string {
  const attributes = [
    one.isCentered ? ' Alignment="Center"' : "",
    one.number === undefined ? "" : ` Number="${escaped(one.number)}"`,
    one.spaceBefore === undefined ? "" : ` SpaceBefore="${one.spaceBefore}"`,
    one.startsPage ? ' StartsNewPage="Yes"' : "",
  ].join("");
  const notes = one.notes.map(
    (note) =>
      `${indent}  <ScriptNote ID="${noteId()}">\n${note
        .split("\n")
        .map((line) => `${indent}    <Paragraph>${text(line)}</Paragraph>\n`)
        .join("")}${indent}  </ScriptNote>\n`,
  );
  const runs = one.runs.length === 0 ? `${indent}  <Text></Text>\n` : "";
  return `${indent}<Paragraph${attributes} Type="${escaped(one.type)}">\n${notes.join("")}${runs}${one.runs
    .map((run) => `${indent}  ${text(run.text, run)}\n`)
    .join("")}${indent}</Paragraph>\n`;
}

function text(value: string, run?: Run): string {
  const styles = run
    ? [run.bold ? "Bold" : "", run.italic ? "Italic" : "", run.underline ? "Underline" : ""].filter(Boolean)
    : [];
  return `<Text${styles.length > 0 ? ` Style="${styles.join("+")}"` : ""}>${escaped(value)}</Text>`;
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML has no place for control characters, nor for halves of a surrogate pair. */
const escaped = (value: string) =>
  value
    .replace(/[&<>"]/g, (sign) => signs[sign] as string)
    // eslint-disable-next-line no-control-regex -- they are what goes
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "");

/** Final Draft has no lyrics of its own; a file may bring elements along. */
const lyricsSettings = `  <ElementSettings Type="Lyrics">
    <FontSpec AdornmentStyle="0" Background="#FFFFFFFFFFFF" Color="#000000000000" Font="Courier Final Draft" RevisionID="0" Size="12" Style="Italic"/>
    <ParagraphSpec Alignment="Left" FirstIndent="0.00" Leading="Regular" LeftIndent="2.50" RightIndent="6.00" SpaceBefore="0" Spacing="1" StartsNewPage="No"/>
    <Behavior PaginateAs="Dialogue" ReturnKey="Lyrics" Shortcut=""/>
  </ElementSettings>
`;
