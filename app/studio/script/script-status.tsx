import { pageOfLine } from "#domain/screenplay/pages/page-ends.ts";
import { Kbd } from "#app/ui/kbd.tsx";
import { useLaidOut } from "./use-laid-out.ts";

/** @param caretLine from 1 */
export function ScriptStatus({ caretLine, mayEdit }: { caretLine: number; mayEdit: boolean }) {
  const pages = useLaidOut((laidOut) => laidOut.pages.length);
  const page = useLaidOut((laidOut) => pageOfLine(laidOut.pages, caretLine - 1));
  const words = useLaidOut((laidOut) => laidOut.words);
  return (
    <div className="script-status num">
      <span>
        Page {page} of {pages}
      </span>
      <span>{words === 1 ? "1 word" : `${words.toLocaleString("en-GB")} words`}</span>
      {mayEdit ? (
        <span className="wide">
          <Kbd>Tab</Kbd> changes the line type
        </span>
      ) : null}
      <span className="format">Fountain</span>
    </div>
  );
}
