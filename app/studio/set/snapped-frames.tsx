import { X } from "lucide-react";
import type { StagedFrame } from "#domain/film/staging.ts";
import { timecode } from "#domain/time.ts";
import { useAssetUrl } from "#app/studio/elements/element-picture.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { SetSlider } from "./set-slider.tsx";
import { changeSetState } from "./set-state.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

/** The pictures that the shot's next render passes through, and how closely. */
export function SnappedFrames({ set }: { set: ShotSet }) {
  const { frames } = set.staging;
  if (frames.length === 0) return null;
  return (
    <section className="inspector-part" aria-label="Snapped frames">
      <h3>
        Snapped frames
        <span className="end faint">{frames.length}</span>
      </h3>
      <ul className="snapped">
        {frames.map((frame) => (
          <Snapped key={frame.id} set={set} frame={frame} />
        ))}
      </ul>
    </section>
  );
}

function Snapped({ set, frame }: { set: ShotSet; frame: StagedFrame }) {
  const { mayEdit } = useSession();
  const actions = useSetActions(set);
  const url = useAssetUrl(frame.assetId);
  const at = timecode(frame.frame, set.plan.fps);
  return (
    <li>
      <button
        type="button"
        aria-label={`Keyframe at ${at}`}
        onClick={() => changeSetState({ frame: frame.frame, playing: false })}
      >
        {url ? <img src={url} alt="" /> : <span className="blank" />}
      </button>
      <div>
        <p className="num">
          <span className="strong">{at}</span>
          {mayEdit ? (
            <IconButton
              name={`Remove the keyframe at ${at}`}
              size="small"
              className="on-row"
              onClick={() => actions.removeAny([frame.id])}
            >
              <X className="small" />
            </IconButton>
          ) : null}
        </p>
        <SetSlider
          label="Strength"
          value={frame.strength}
          min={0}
          max={1}
          step={0.05}
          words={(value) => value.toFixed(2)}
          disabled={!mayEdit}
          onCommit={(strength) => actions.changeFrame(frame.id, { strength })}
        />
      </div>
    </li>
  );
}
