import {
  CloudAlert,
  CloudBackup,
  CloudCheck,
  CloudOff,
  CloudUpload,
  LoaderCircle,
  type LucideIcon,
} from "lucide-react";
import { useSession } from "#app/studio/session/film-session.tsx";
import type { Connection } from "#app/studio/session/session-contract.ts";
import { useConnection } from "#app/studio/session/use-connection.ts";
import { Tooltip } from "#app/ui/tooltip.tsx";
import { savedWords } from "./saved-words.ts";

const icons: Record<Connection["status"], LucideIcon> = {
  saved: CloudCheck,
  saving: CloudUpload,
  late: CloudBackup,
  stuck: CloudBackup,
  refused: CloudAlert,
  offline: CloudOff,
  ended: CloudAlert,
  loading: LoaderCircle,
};

/** What the server has of this person's work. Only what is stored there is "Saved". */
export function SavedState() {
  return <SavedFace connection={useConnection()} keepsCopy={useSession().keepsCopy} />;
}

export function SavedFace({ connection, keepsCopy }: { connection: Connection; keepsCopy: boolean }) {
  const Icon = icons[connection.status];
  const { word, tip } = savedWords(connection, keepsCopy);
  return (
    <Tooltip text={tip}>
      <span className="saved" data-status={connection.status} role="status" tabIndex={0}>
        <Icon />
        <span className="word">{word}</span>
      </span>
    </Tooltip>
  );
}
