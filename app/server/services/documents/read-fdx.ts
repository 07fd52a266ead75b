import { SaxesParser, type SaxesTagPlain } from "saxes";
import { StudioError } from "#domain/errors.ts";
import type { Run } from "#domain/screenplay/fountain/emphasis.ts";
import type { FdxBlock, FdxParagraph, FdxScript } from "#domain/screenplay/files/fdx.ts";

/** Real scripts nest a handful deep; each level is remembered. */
const mostNested = 200;

/**
 * Reads Final Draft's XML strictly: a file that was cut off says where. Of entities only the five of XML are known, so
 * nothing is fetched and nothing grows.
 * @throws StudioError "screenplay/broken-file"
 */
export function readFdx(xml: string): FdxScript {
  const reading = new FdxReading();
  const parser = new SaxesParser({ xmlns: false, position: true });
  parser.on("error", (error) => {
    throw broken(parser.line, error);
  });
  parser.on("opentag", (tag) => reading.open(tag));
  parser.on("text", (text) => reading.text(text));
  parser.on("cdata", (text) => reading.text(text));
  parser.on("closetag", (tag) => reading.close(tag));
  parser.write(xml).close();
  if (!reading.isFinalDraft)
    throw new StudioError(
      "screenplay/broken-file",
      "This is an XML file, but no Final Draft script. In Final Draft, save the script as .fdx and bring that.",
    );
  return { title: reading.title, blocks: reading.blocks };
}

function broken(line: number, cause: unknown): StudioError {
  return new StudioError(
    "screenplay/broken-file",
    `This Final Draft file is broken at line ${line}: it may have been cut off on its way. Open it in Final Draft, save it again and bring that.`,
    { cause },
  );
}

interface OpenParagraph extends FdxParagraph {
  runs: Run[];
}

class FdxReading {
  isFinalDraft = false;
  readonly title: FdxParagraph[] = [];
  readonly blocks: FdxBlock[] = [];
  private readonly path: string[] = [];
  /** Paragraphs stand in paragraphs: in notes, in summaries, and around two who speak at once. */
  private readonly paragraphs: OpenParagraph[] = [];
  private dual: FdxParagraph[] | null = null;
  private note: string[] | null = null;
  private summary: string[] | null = null;
  private isInText = false;
  private isInCapitals = false;
  private lastHeading: FdxParagraph | null = null;

  open({ name, attributes }: SaxesTagPlain): void {
    if (this.path.length === 0) this.isFinalDraft = name === "FinalDraft";
    if (this.path.length >= mostNested)
      throw new StudioError("screenplay/broken-file", "This Final Draft file is nested deeper than any script is.");
    this.path.push(name);
    if (!this.isBody && !this.isTitle) return;
    switch (name) {
      case "Paragraph":
        if (this.note ?? this.summary) (this.note ?? this.summary)?.push("");
        else this.paragraphs.push(paragraphOf(attributes));
        break;
      case "DualDialogue":
        this.dual = [];
        break;
      case "ScriptNote":
        this.note = [];
        break;
      case "Summary":
        this.summary = [];
        break;
      case "Text":
        this.isInText = true;
        if (!this.note && !this.summary) this.beginRun((attributes["Style"] ?? "").split("+"));
        break;
    }
  }

  text(text: string): void {
    if (!this.isInText) return;
    const said = this.note ?? this.summary;
    if (said) said.push((said.pop() ?? "") + text);
    else {
      const run = this.paragraphs.at(-1)?.runs.at(-1);
      if (run) run.text += this.isInCapitals ? text.toUpperCase() : text;
    }
  }

  close({ name }: SaxesTagPlain): void {
    const isOurs = this.isBody || this.isTitle;
    if (isOurs) {
      if (name === "Text") this.isInText = false;
      else if (name === "ScriptNote") this.endNote();
      else if (name === "Summary") this.endSummary();
      else if (name === "DualDialogue") this.endDual();
      else if (name === "Paragraph" && !this.note && !this.summary) this.endParagraph();
    }
    this.path.pop();
  }

  private get isBody() {
    return this.path[0] === "FinalDraft" && this.path[1] === "Content";
  }

  private get isTitle() {
    return this.path[0] === "FinalDraft" && this.path[1] === "TitlePage" && this.path[2] === "Content";
  }

  private beginRun(styles: readonly string[]): void {
    this.isInCapitals = styles.includes("AllCaps");
    this.paragraphs.at(-1)?.runs.push({
      text: "",
      bold: styles.includes("Bold"),
      italic: styles.includes("Italic"),
      underline: styles.includes("Underline"),
    });
  }

  private endNote(): void {
    const said = (this.note ?? []).join("\n").trim();
    this.note = null;
    if (said !== "") this.paragraphs.at(-1)?.notes.push(said);
  }

  private endSummary(): void {
    const said = (this.summary ?? []).join(" ").replace(/\s+/g, " ").trim();
    this.summary = null;
    const paragraph = this.paragraphs.at(-1) ?? this.lastHeading;
    if (said !== "" && paragraph) paragraph.summary = said;
  }

  private endDual(): void {
    if (this.dual && this.dual.length > 0) this.blocks.push({ dual: this.dual });
    this.dual = null;
  }

  private endParagraph(): void {
    const paragraph = this.paragraphs.pop();
    if (!paragraph) return;
    if (this.isTitle) this.title.push(paragraph);
    else if (this.dual) this.dual.push(paragraph);
    else if (paragraph.runs.length > 0 || paragraph.notes.length > 0) this.blocks.push(paragraph);
  }
}

function paragraphOf(attributes: Record<string, string>): OpenParagraph {
  const number = attributes["Number"]?.trim();
  const space = attributes["SpaceBefore"] ?? "";
  return {
    type: attributes["Type"] ?? "General",
    runs: [],
    notes: [],
    ...(number ? { number } : {}),
    ...(attributes["Alignment"] === "Center" ? { isCentered: true } : {}),
    ...(attributes["StartsNewPage"] === "Yes" ? { startsPage: true } : {}),
    ...(/^\d+(?:\.\d+)?$/.test(space) ? { spaceBefore: Number(space) } : {}),
  };
}
