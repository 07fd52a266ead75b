import { useState } from "react";
import { StartCard } from "#app/studio/script/start-card.tsx";
import { sentenceOf } from "#app/studio/session/api.ts";
import { beginProject, beginSample } from "./begin-project.ts";

/** The home of somebody who has no film yet: the one question. */
export function FirstFilm(props: { viewerId: string; workspaceId: string | null; onBlank(): void }) {
  const { viewerId, workspaceId, onBlank } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = (begin: (workspaceId: string) => Promise<void>) => {
    if (!workspaceId || busy) return;
    setBusy(true);
    setProblem(null);
    begin(workspaceId).catch((error: unknown) => {
      setProblem(sentenceOf(error));
      setBusy(false);
    });
  };
  return (
    <div className="first-film">
      <div className="first-ghost" aria-hidden="true">
        {
          "EXT. HARBOUR - DUSK\n\nRain hisses on black water. A small car ferry strains at its ropes.\n\n                 MAYA\n          (calling out)\n     Wait! One more!"
        }
      </div>
      <StartCard
        busy={busy}
        problem={problem}
        onBegin={({ title, screenplay }) => run((id) => beginProject({ workspaceId: id, title, screenplay }, viewerId))}
        onSample={() => run(beginSample)}
        foot={
          <>
            Or{" "}
            <button type="button" className="link" onClick={onBlank}>
              begin with a blank page
            </button>
            .
          </>
        }
      />
    </div>
  );
}
