import { useEffect, useRef, useState } from "react";
import { sentenceOf } from "#app/studio/session/api.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/text-field.tsx";
import { beginScene, listScenes, openScene, type Scene, sceneState } from "./scenes.ts";
import "./scene-maker.css";

/** One sentence becomes a scene to look into; those made lately are beside it. */
export function SceneMaker() {
  const [prompt, setPrompt] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [scenes, setScenes] = useState<Scene[]>([]);
  /** A scene that is being made and whose page has not opened yet: it is not made twice. */
  const begun = useRef<{ id: string; prompt: string } | null>(null);
  // What was made is no reason to show nothing else.
  const list = () => listScenes().then(setScenes, () => undefined);
  useEffect(() => void list(), []);
  const run = (deed: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    deed()
      .catch((error: unknown) => setProblem(sentenceOf(error)))
      // The way there can be stopped, and gone back.
      .finally(() => setBusy(false));
  };
  const make = async (words: string) => {
    if (begun.current?.prompt !== words) {
      begun.current = { id: await beginScene(words), prompt: words };
      void list();
    }
    await openScene(begun.current.id);
    begun.current = null;
    setPrompt("");
  };
  return (
    <section className="scene-maker" aria-labelledby="scene-maker-name">
      <h2 id="scene-maker-name">A scene from one sentence</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && prompt.trim() !== "") run(() => make(prompt.trim()));
        }}
      >
        <TextField
          label="Describe what to see and hear"
          hideLabel
          size="tall"
          maxLength={20_000}
          placeholder="A rainy neon alley, a detective walking slowly, 80 bpm lo-fi"
          value={prompt}
          problem={problem}
          onChange={(event) => setPrompt(event.target.value)}
        />
        <Button type="submit" look="light" size="tall" disabled={busy || prompt.trim() === ""}>
          Make the scene
        </Button>
      </form>
      <p className="small faint">Set, cast, camera and music, made by the built-in engine in about a minute. Free.</p>
      {scenes.length === 0 ? null : (
        <ul>
          {scenes.map((scene) => (
            <li key={scene.id}>
              <button type="button" disabled={busy} onClick={() => run(() => openScene(scene.id))}>
                <span className="scene-maker-poster">
                  {scene.posterUrl === null ? null : <img src={scene.posterUrl} alt="" loading="lazy" />}
                </span>
                <span className="cut">{scene.title}</span>
                <span className="small faint num">{sceneState(scene)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
