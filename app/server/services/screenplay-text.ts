import { StudioError } from "#domain/errors.ts";
import { isStorable } from "#domain/storable-text.ts";
import { maxScreenplayBytes } from "#domain/screenplay/breakdown.ts";
import { readLineEnds, type ScriptText } from "#domain/screenplay/fountain/line-ends.ts";

/** @throws StudioError "screenplay/too-large" or "screenplay/not-text" */
export function checkScreenplay(text: string): void {
  if (Buffer.byteLength(text, "utf8") > maxScreenplayBytes) throw tooLarge();
  if (holdsControls(text)) throw notText();
}

/**
 * Reads a screenplay that came as bytes. Line ends become plain ones and a byte order mark goes; it says which there were.
 * @throws StudioError "screenplay/too-large" or "screenplay/not-text"
 */
export function readScreenplay(bytes: Uint8Array): ScriptText {
  if (bytes.byteLength > maxScreenplayBytes) throw tooLarge();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw notText(cause);
  }
  if (holdsControls(text)) throw notText();
  return readLineEnds(text);
}

export function tooLarge(): StudioError {
  return new StudioError(
    "screenplay/too-large",
    "A screenplay is at most 2 MB of text, and this is more. Is it the right file?",
  );
}

function notText(cause?: unknown): StudioError {
  return new StudioError("screenplay/not-text", "This file is not plain text. Send Fountain or plain text in UTF-8.", {
    cause,
  });
}

/** Characters that no text has: a NUL is the mark of a binary file. */
function holdsControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what we look for
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) || !isStorable(text);
}
