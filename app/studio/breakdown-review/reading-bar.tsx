/** Who read the script: rules or a language model. It always says so, and has the other one a button away. */
import { LoaderCircle, Sparkles } from "lucide-react";
import { useSession } from "#app/studio/session/film-session.tsx";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/select.tsx";
import { counted } from "./review-words.ts";
import { useLanguageModel } from "./use-language-model.ts";
import type { Reading } from "./use-reading.ts";
import "./reading-bar.css";

const modeOptions = [
  { id: "auto", name: "Read as it looks" },
  { id: "screenplay", name: "Read as a screenplay" },
  { id: "freeform", name: "Read as prose" },
  { id: "numbered", name: "Read as a numbered list" },
] as const;
const modeNames = { screenplay: "as a screenplay", numbered: "as a numbered list", freeform: "as prose" } as const;

export function ReadingBar({ reading }: { reading: Reading }) {
  const { mayEdit } = useSession();
  const hasModel = useLanguageModel() !== null;
  const { shown, byModel, asking, note } = reading;
  const shots = shown.proposal.scenes.reduce((sum, scene) => sum + scene.shots.length, 0);
  return (
    <div className="reading-bar" data-by={byModel > 0 ? "llm" : "rules"} role="status">
      {asking === false ? <Sparkles className="small" /> : <LoaderCircle className="small reading-turns" />}
      <span className="grow">
        <span>{asking === false ? readWords(reading) : askingWords(asking)}</span>
        {note ? <span className="reading-note">{note}</span> : null}
      </span>
      <Select
        label="What the script is read as"
        look="quiet"
        options={modeOptions}
        value={reading.readAs}
        onChange={reading.changeReadAs}
        disabled={!mayEdit}
      />
      {asking !== false ? (
        <Button size="small" look="quiet" onClick={reading.stop}>
          Stop
        </Button>
      ) : (
        <>
          {byModel > 0 ? (
            <Button size="small" look="quiet" onClick={reading.readByRules}>
              Read by rules
            </Button>
          ) : null}
          {hasModel && shots > 0 ? (
            <Button size="small" onClick={() => reading.ask(byModel === shots)}>
              {byModel === 0 ? "Analyse with AI" : byModel < shots ? "Analyse the rest" : "Analyse again"}
            </Button>
          ) : null}
        </>
      )}
    </div>
  );
}

function readWords({ shown, byModel, model }: Reading): string {
  const shots = shown.proposal.scenes.reduce((sum, scene) => sum + scene.shots.length, 0);
  const mode = modeNames[shown.mode];
  const name = model ? `the language model ${model}` : "a language model";
  if (byModel === 0) return `Read by rules ${mode}.`;
  if (byModel === shots) return `Read by ${name}.`;
  return `${counted(byModel, "shot")} as read by ${name}, ${counted(shots - byModel, "shot")} by rules ${mode}.`;
}

function askingWords(asking: { to: number; of: number } | null): string {
  return asking === null
    ? "A language model reads the script."
    : `A language model has read ${asking.to} of ${asking.of} scenes.`;
}
