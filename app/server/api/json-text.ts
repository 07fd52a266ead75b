import { StudioError } from "#domain/errors.ts";
import { isStorable } from "#domain/storable-text.ts";

/** Escapes of what cannot be stored; without one there is no need to look closer. */
const suspicious = /\\u(?:0000|d[89a-f])/i;

/**
 * Looks at the text of a JSON body before anybody parses it.
 * @throws StudioError "request/invalid" when it is not UTF-8, or a field holds what no text can
 */
export function checkJsonText(bytes: Uint8Array): void {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new StudioError("request/invalid", "The body is not text in UTF-8.", { cause });
  }
  const field = suspicious.test(text) ? unstorableField(text) : null;
  if (field === null) return;
  const message = "holds a character that cannot be kept: a NUL, or half of a pair";
  throw new StudioError("request/invalid", `${field}: ${message}`, { details: { fields: [{ field, message }] } });
}

function unstorableField(text: string): string | null {
  let found: string | null = null;
  try {
    JSON.parse(text, (name, value: unknown) => {
      // A screenplay has a sentence of its own: it is a binary file, most likely.
      if (typeof value === "string" && name !== "screenplay" && !isStorable(value)) found ??= name;
      return value;
    });
  } catch {
    // Not JSON, or too deep to walk: the parser says so.
  }
  return found;
}
