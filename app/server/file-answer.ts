/** A document made for somebody who asked, as a file to keep. */
export interface MadeFile {
  name: string;
  contentType: string;
  bytes: Uint8Array;
  /** Letters that could not be set, drawn as boxes. */
  missingLetters?: number;
}

const missingLettersHeader = "X-Missing-Letters";

export function fileAnswer({ name, contentType, bytes, missingLetters = 0 }: MadeFile): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": contentType,
      "Content-Length": String(bytes.byteLength),
      // The plain name is for programs that know no other; RFC 6266.
      "Content-Disposition": `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      ...(missingLetters > 0 ? { [missingLettersHeader]: String(missingLetters) } : {}),
    },
  });
}

const asciiName = (name: string) => name.normalize("NFKD").replace(/[^ -~]|["\\]/g, "") || "file";

/** A film's title as the name of a file. */
export function fileNameOf(title: string, what: string, ending: string): string {
  const written = title
    .replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+/, "");
  // A character that was cut in half could not be sent.
  const name = Array.from(written).slice(0, 100).join("").trim();
  return `${name || "Untitled film"}${what === "" ? "" : `, ${what}`}.${ending}`;
}
