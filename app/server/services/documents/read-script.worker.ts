import { StudioError } from "#domain/errors.ts";
import { readScriptFile } from "./read-script.ts";
import type { ScriptAnswer, ScriptQuestion } from "./script-desk.ts";

process.once("message", (question: ScriptQuestion) => {
  void answer(question).then((said) => process.send?.(said));
});
process.once("disconnect", () => process.exit());

async function answer({ bytes, name }: ScriptQuestion): Promise<ScriptAnswer> {
  try {
    // What came over the channel may be a view of something larger.
    return { status: "read", file: await readScriptFile(new Uint8Array(bytes), name) };
  } catch (error) {
    return error instanceof StudioError
      ? { status: "failed", code: error.code, message: error.message }
      : {
          status: "failed",
          code: null,
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        };
  }
}
