import { CloudAlert, CloudCheck, CloudOff, CloudUpload, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import type { Connection } from "#app/studio/session/session-contract.ts";
import { useConnection } from "#app/studio/session/use-connection.ts";
import { Tooltip } from "#app/ui/tooltip.tsx";

/** What the server has of this person's work. Only what is stored there is "Saved". */
export function SavedState() {
  const connection = useConnection();
  const [icon, word, tip] = faceOf(connection);
  return (
    <Tooltip text={tip}>
      <span className="saved" data-status={connection.status} role="status" tabIndex={0}>
        {icon}
        <span className="word">{word}</span>
      </span>
    </Tooltip>
  );
}

function faceOf({ status, unsavedEdits, sentence }: Connection): [ReactNode, string, string] {
  switch (status) {
    case "saved":
      return [<CloudCheck key="i" />, "Saved", "Every change is stored on the server"];
    case "saving":
      return [<CloudUpload key="i" />, "Saving…", `${edits(unsavedEdits)} on the way to the server`];
    case "offline":
      return unsavedEdits === 0
        ? [
            <CloudOff key="i" />,
            "Offline",
            sentence ?? "Reconnecting. What you write meanwhile is kept in this browser",
          ]
        : [
            <CloudOff key="i" />,
            `Offline, ${edits(unsavedEdits)} ${unsavedEdits === 1 ? "waits" : "wait"}`,
            "Kept in this browser until the connection is back",
          ];
    case "ended":
      return [<CloudAlert key="i" />, "Not connected", sentence ?? "Reload the page to connect again"];
    case "loading":
      return [<LoaderCircle key="i" />, "Opening…", "The film is on its way"];
  }
}

function edits(count: number): string {
  return count === 1 ? "1 edit" : `${count} edits`;
}
