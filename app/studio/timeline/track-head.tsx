import { Eye, EyeOff, Lock, LockOpen, Magnet } from "lucide-react";
import { useState } from "react";
import { pictureTrackId, type Track } from "#domain/film/track.ts";
import { changeTrack } from "#domain/film/timeline.ts";
import { join } from "#app/ui/button.tsx";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { useSession } from "../session/film-session.tsx";
import { useStore } from "../session/store.ts";
import { changeTimeline, timelineState } from "./timeline-state.ts";

/** Name and switches of a track. `label` is its place, e.g. `V1`. */
export function TrackHead({ track, label }: { track: Track; label: string }) {
  const { doc, edit, mayEdit } = useSession();
  const magnet = useStore(timelineState, (state) => state.magnet);
  const change = (patch: Partial<Track>) => changeTrack(doc, track.id, patch, edit);
  return (
    <div className="track-head" data-track-head={track.id}>
      <span className={join("track-id", !track.locked && "target")} aria-hidden="true">
        {label}
      </span>
      <TrackName name={track.name} label={label} editable={mayEdit} onRename={(name) => change({ name })} />
      {track.id === pictureTrackId ? (
        <IconButton
          name="Magnetic track: no gaps"
          size="small"
          side="right"
          pressed={magnet}
          disabled={!mayEdit}
          onClick={() => changeTimeline({ magnet: !magnet })}
        >
          <Magnet className="small" />
        </IconButton>
      ) : null}
      {track.kind === "video" ? (
        <IconButton
          name={track.hidden ? `Show ${track.name}` : `Hide ${track.name}`}
          size="small"
          side="right"
          disabled={!mayEdit}
          onClick={() => change({ hidden: !track.hidden })}
        >
          {track.hidden ? <EyeOff className="small" /> : <Eye className="small" />}
        </IconButton>
      ) : (
        <IconButton
          name={`Mute ${track.name}`}
          size="small"
          side="right"
          className={track.muted ? "muted" : ""}
          pressed={track.muted}
          disabled={!mayEdit}
          onClick={() => change({ muted: !track.muted })}
        >
          <span aria-hidden="true">M</span>
        </IconButton>
      )}
      <IconButton
        name={track.locked ? `Unlock ${track.name}` : `Lock ${track.name}`}
        size="small"
        side="right"
        disabled={!mayEdit}
        onClick={() => change({ locked: !track.locked })}
      >
        {track.locked ? <Lock className="small" /> : <LockOpen className="small" />}
      </IconButton>
    </div>
  );
}

function TrackName({
  name,
  label,
  editable,
  onRename,
}: {
  name: string;
  label: string;
  editable: boolean;
  onRename(name: string): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <span
        className="track-name cut"
        title={editable ? "Double-click to rename" : undefined}
        onDoubleClick={() => editable && setDraft(name)}
      >
        {name}
      </span>
    );
  }
  const finish = () => {
    const next = draft.trim().slice(0, 100);
    if (next !== "" && next !== name) onRename(next);
    setDraft(null);
  };
  return (
    <input
      className="ui-input track-name"
      aria-label={`Name of track ${label}`}
      autoFocus
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (enterPressed(event)) finish();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}
