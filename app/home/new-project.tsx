import { useState } from "react";
import type { WorkspaceCard } from "#domain/collab/cards.ts";
import { StartCard } from "#app/studio/script/start-card.tsx";
import { sentenceOf } from "#app/studio/session/api.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { Select } from "#app/ui/select.tsx";
import { TextField } from "#app/ui/text-field.tsx";
import { beginProject, beginSample, type NewFilm } from "./begin-project.ts";

export type WayIn = "idea" | "paste" | "sample" | "blank";

const shapes = [
  { id: "1280x720", name: "16:9", width: 1280, height: 720 },
  { id: "1280x536", name: "2.39:1", width: 1280, height: 536 },
  { id: "960x720", name: "4:3", width: 960, height: 720 },
  { id: "720x1280", name: "9:16", width: 720, height: 1280 },
] as const;
const rates = [
  { id: "24", name: "24 fps", fps: { num: 24, den: 1 } },
  { id: "25", name: "25 fps", fps: { num: 25, den: 1 } },
  { id: "30", name: "30 fps", fps: { num: 30, den: 1 } },
] as const;

type Props = { way: WayIn; viewerId: string; workspaces: WorkspaceCard[]; onClose(): void };

/** The four ways in, in a dialog. */
export function NewProject({ way, viewerId, workspaces, onClose }: Props) {
  const mine = workspaces.filter((workspace) => workspace.role === "owner" || workspace.role === "editor");
  const [workspaceId, setWorkspaceId] = useState((mine.find((workspace) => workspace.personal) ?? mine[0])?.id ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [shape, setShape] = useState<(typeof shapes)[number]["id"]>("1280x720");
  const [rate, setRate] = useState<(typeof rates)[number]["id"]>("24");
  const [title, setTitle] = useState("");

  const run = (begin: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    begin().catch((error: unknown) => {
      setProblem(sentenceOf(error));
      setBusy(false);
    });
  };
  const begin = (film: Pick<NewFilm, "title" | "screenplay">) => {
    const { width, height } = shapes.find((each) => each.id === shape) ?? shapes[0];
    const { fps } = rates.find((each) => each.id === rate) ?? rates[0];
    run(() => beginProject({ workspaceId, ...film, width, height, fps }, viewerId));
  };
  const choices = (
    <div className="new-film-choices">
      {mine.length > 1 ? (
        <Select
          label="Workspace"
          look="quiet"
          options={mine.map(({ id, name }) => ({ id, name }))}
          value={workspaceId}
          onChange={setWorkspaceId}
        />
      ) : null}
      <Select label="Aspect ratio" look="quiet" options={shapes} value={shape} onChange={setShape} />
      <Select label="Frame rate" look="quiet" options={rates} value={rate} onChange={setRate} />
    </div>
  );

  if (way === "sample")
    return (
      <Dialog
        open
        onClose={onClose}
        title="Open the sample film"
        width={440}
        foot={
          <>
            <Button look="quiet" onClick={onClose}>
              Not now
            </Button>
            <Button look="primary" disabled={busy} onClick={() => run(() => beginSample(workspaceId))}>
              Open my copy
            </Button>
          </>
        }
      >
        <p className="dim">
          A copy of your own of Low Water, a short film with script, board, previz takes and a cut. It plays at once;
          change whatever you like.
        </p>
        {problem ? <Problem text={problem} /> : null}
      </Dialog>
    );
  if (way === "blank")
    return (
      <Dialog
        open
        onClose={onClose}
        title="New film"
        width={440}
        foot={
          <>
            {choices}
            <span className="grow" />
            <Button look="primary" disabled={busy} onClick={() => begin({ title: title.trim() || "Untitled film" })}>
              Begin
            </Button>
          </>
        }
      >
        <TextField
          label="Title"
          size="tall"
          value={title}
          maxLength={200}
          placeholder="Untitled film"
          onChange={(event) => setTitle(event.target.value)}
          onKeyDown={(event) => {
            if (enterPressed(event)) begin({ title: title.trim() || "Untitled film" });
          }}
        />
        {problem ? <Problem text={problem} /> : null}
      </Dialog>
    );
  return (
    <Dialog open onClose={onClose} title="New film" width={564}>
      <div className="new-film">
        <StartCard
          key={way}
          pasting={way === "paste"}
          busy={busy}
          problem={problem}
          onBegin={({ title: name, screenplay }) => begin({ title: name, screenplay })}
          onSample={() => run(() => beginSample(workspaceId))}
          foot={choices}
        />
      </div>
    </Dialog>
  );
}

function Problem({ text }: { text: string }) {
  return (
    <p className="new-film-wrong" role="alert">
      {text}
    </p>
  );
}
