import { Clapperboard, PenLine, Sparkles } from "lucide-react";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useView } from "#app/studio/shell/use-view.ts";
import type { LiveProposal } from "#domain/screenplay/reparse/live-reading.ts";
import { useLanguageModel } from "#app/studio/breakdown-review/use-language-model.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Sketch } from "./sketch.tsx";
import { useBoardActions } from "./use-board-actions.ts";

/** Nothing on the board: the script is one button away from it, or has to be written first. */
export function BoardEmpty({
  live,
  onTurn,
}: {
  live: LiveProposal | null;
  /** @param by  who reads it first */
  onTurn(by: "rules" | "model"): void;
}) {
  const { mayEdit } = useSession();
  const hasModel = useLanguageModel() !== null;
  const [, show] = useView();
  const found = live?.proposal.scenes ?? [];
  const shots = found.reduce((sum, scene) => sum + scene.shots.length, 0);
  if (!mayEdit)
    return (
      <EmptyState icon={<Clapperboard />} title="No shots yet">
        They appear here as soon as somebody turns the script into shots.
      </EmptyState>
    );
  if (shots === 0)
    return (
      <EmptyState
        icon={<PenLine />}
        title="The board follows the script"
        action={
          <>
            <Button look="primary" size="big" onClick={() => show("script")}>
              Write the script
            </Button>
            <SceneByHand />
          </>
        }
      >
        A line that starts with INT. or EXT. becomes a scene, what follows becomes its shots. Prose and numbered lists
        work too.
      </EmptyState>
    );
  const preview = found
    .flatMap((scene) => scene.shots.map((shot) => ({ shot, scene })))
    .slice(0, 5)
    .map((each, at) => ({ ...each, at }));
  return (
    <div className="board-empty">
      <div className="board-empty-strip" aria-hidden="true">
        {preview.map(({ shot, scene, at }) => (
          <span key={at}>
            <Sketch
              id={String(at)}
              sceneId={scene.heading}
              type={shot.type}
              move={shot.move}
              setting={scene.setting}
              time={scene.time}
              people={shot.characters.length}
            />
          </span>
        ))}
      </div>
      <EmptyState
        title="The script is ready for the board"
        action={
          <>
            <Button look="primary" size="big" onClick={() => onTurn("rules")}>
              Turn the script into shots
              <span className="note">Free, instant</span>
            </Button>
            {hasModel ? (
              <Button size="big" onClick={() => onTurn("model")}>
                <Sparkles className="small" />
                Analyse with AI
              </Button>
            ) : null}
            <SceneByHand />
          </>
        }
      >
        {found.length} {found.length === 1 ? "scene" : "scenes"} and {shots} {shots === 1 ? "shot" : "shots"} were
        found. You look at them before anything is added.
      </EmptyState>
    </div>
  );
}

/** For who thinks in pictures first: a scene with one shot that no script knows. */
function SceneByHand() {
  const { addScene } = useBoardActions(nowhere, nowhere);
  return (
    <Button size="big" look="quiet" onClick={() => addScene(null)}>
      Add a scene by hand
    </Button>
  );
}

const nowhere = () => undefined;
