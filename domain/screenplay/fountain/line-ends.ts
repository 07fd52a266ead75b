/**
 * The document holds plain text: lines end with "\n", no byte order mark. What a file had instead is noted beside it,
 * so that a file which was only kept here comes out byte for byte as it came in.
 */
export interface ScriptText {
  /** As the document holds it. */
  text: string;
  eol: "\n" | "\r\n";
  /** The file began with a byte order mark. */
  bom: boolean;
  /** Its lines ended in different ways, or as on old Macs; that is not given back. */
  mixed: boolean;
}

export function readLineEnds(written: string): ScriptText {
  const bom = written.startsWith("\uFEFF");
  const body = bom ? written.slice(1) : written;
  const windows = body.match(/\r\n/g)?.length ?? 0;
  const returns = body.match(/\r/g)?.length ?? 0;
  const feeds = body.match(/\n/g)?.length ?? 0;
  const uniform = returns === windows && (windows === 0 || feeds === windows);
  return {
    text: returns === 0 ? body : body.replace(/\r\n?/g, "\n"),
    eol: uniform && windows > 0 ? "\r\n" : "\n",
    bom,
    mixed: !uniform,
  };
}

export function writeLineEnds(
  text: string,
  file: { scriptEol?: "\n" | "\r\n" | undefined; scriptBom?: boolean | undefined },
): string {
  const body = file.scriptEol === "\r\n" ? text.replace(/\r?\n/g, "\r\n") : text;
  return file.scriptBom ? `\uFEFF${body}` : body;
}

/** What the film remembers of the file; absent for a plain one. */
export function fileMarks({ eol, bom }: Pick<ScriptText, "eol" | "bom">): { scriptEol?: "\r\n"; scriptBom?: true } {
  return { ...(eol === "\r\n" ? { scriptEol: eol } : {}), ...(bom ? { scriptBom: true as const } : {}) };
}
