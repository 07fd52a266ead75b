import { easings, framings, moves, type Vec3 } from "#domain/screenplay/scene-plan.ts";
import { lensHint } from "#app/studio/board/lens.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { Select } from "#app/ui/select.tsx";
import { CameraKeys } from "./camera-keys.tsx";
import { ChosenPart } from "./chosen-part.tsx";
import { EaseGlyph } from "./lanes/ease-glyph.tsx";
import { eyesOf, lookedAt } from "./look-at.ts";
import { PassesPart } from "./passes-part.tsx";
import { PointFields } from "./point-fields.tsx";
import { SetSlider } from "./set-slider.tsx";
import { SnapPart } from "./snap-part.tsx";
import { SnappedFrames } from "./snapped-frames.tsx";
import { drawn, setState } from "./set-state.ts";
import { easeNames, framingNames, moveWords } from "./set-words.ts";
import { useSetActions } from "./use-set-actions.ts";
import { useShotSet, type ShotSet } from "./use-set.ts";
import "./camera-tab.css";

/** The shot's camera, the keys of its way, what else is chosen, and the pictures that a render gets. */
export function CameraTab() {
  const set = useShotSet();
  return set === null ? null : <CameraOf key={set.shot.id} set={set} />;
}

function CameraOf({ set }: { set: ShotSet }) {
  const { mayEdit } = useSession();
  const { plan, shot, staging } = set;
  const { keys } = staging;
  const frame = useStore(setState, (state) => state.frame);
  const selected = useStore(setState, (state) => state.selected);
  const stage = useStore(drawn, (now) => now, Object.is);
  const actions = useSetActions(set);
  const chosen = keys.find(({ id }) => selected === `key:${id}`) ?? keys.find((key) => key.frame === frame);
  const index = chosen ? keys.indexOf(chosen) : -1;
  const view = stage?.shotView(chosen?.frame ?? frame);
  const at = chosen?.frame ?? frame;
  const eye: Vec3 = chosen?.eye ?? view?.eye ?? [0, 0, 0];
  const look: Vec3 = chosen?.look ?? view?.look ?? [0, 0, 0];
  const lens = chosen?.lensMm ?? view?.lensMm ?? plan.camera.lensMm;
  const far = Math.hypot(...eye.map((value, axis) => value - (look[axis] ?? 0)));
  const focus = chosen?.focus ?? view?.focus ?? far;
  /** Without a picture nobody knows where the framing puts the camera. */
  const isKnown = chosen !== undefined || view !== undefined;
  /** Without a key the board's own fields hold it; with some, the one at hand or a new one here. */
  const change = (patch: { eye?: Vec3; look?: Vec3; lensMm?: number; focus?: number }) =>
    chosen ? actions.changeKey(chosen.id, patch) : actions.key(frame, patch);
  return (
    <div className="inspector-body camera-tab">
      <ChosenPart set={set} />
      <section className="inspector-part">
        <h3>
          Camera
          <span className="end faint">Shot {shot.number}</span>
        </h3>
        <SetSlider
          label="Lens"
          hint={lensHint}
          value={lens}
          min={12}
          max={135}
          step={1}
          words={(value) => `${Math.round(value)} mm`}
          disabled={!mayEdit}
          onCommit={(value) => (keys.length === 0 ? actions.changeLens(value) : change({ lensMm: value }))}
        />
        <SetSlider
          label="Aperture"
          value={plan.camera.aperture}
          min={1.4}
          max={16}
          step={0.1}
          words={(value) => `f/${value.toFixed(1).replace(".0", "")}`}
          disabled={!mayEdit}
          onCommit={(camAperture) => actions.changeCamera({ camAperture })}
        />
        {isKnown ? (
          <SetSlider
            label="Focus"
            value={Math.min(40, focus)}
            min={0.3}
            max={40}
            step={0.1}
            words={(value) => `${value.toFixed(1)} m`}
            disabled={!mayEdit || keys.length === 0}
            onCommit={(value) => change({ focus: value })}
          />
        ) : null}
        {keys.length === 0 ? (
          <>
            <div className="inspector-row">
              <span>Framing</span>
              <Select
                label="Framing"
                value={plan.camera.framing}
                options={framings.map((id) => ({ id, name: framingNames[id] }))}
                onChange={(camFraming) => actions.changeCamera({ camFraming })}
                disabled={!mayEdit}
              />
            </div>
            <div className="inspector-row">
              <span>Move</span>
              <Select
                label="Move"
                value={plan.camera.move}
                options={moves.filter((id) => id !== "path").map((id) => ({ id, name: moveWords[id] }))}
                onChange={(camMove) => actions.changeCamera({ camMove })}
                disabled={!mayEdit}
              />
            </div>
          </>
        ) : null}
        <div className="inspector-row">
          <span>Look at</span>
          <Select
            label="Look at"
            value={lookedAt(set, look)}
            options={[
              { id: "free", name: "Free point" },
              ...set.things.filter(({ kind }) => kind !== "light").map(({ id, name }) => ({ id: id as string, name })),
            ]}
            onChange={(id) => {
              const target = eyesOf(set, id);
              if (target) change({ look: target });
            }}
            disabled={!mayEdit}
          />
        </div>
      </section>
      <section className="inspector-part">
        <h3>
          Position
          <span className="end faint">{chosen ? `Key ${index + 1} of ${keys.length}` : "No key at playhead"}</span>
        </h3>
        {isKnown ? (
          <PointFields label="Camera" at={eye} disabled={!mayEdit} onCommit={(next) => change({ eye: next })} />
        ) : (
          <p className="small faint">Position follows the framing. Set a key to place the camera by hand.</p>
        )}
        {chosen ? (
          <div className="inspector-row camera-ease">
            <span>Easing</span>
            <EaseGlyph ease={chosen.ease ?? "smooth"} />
            <Select
              label="Easing"
              value={chosen.ease ?? "smooth"}
              options={easings.map((id) => ({ id, name: easeNames[id] }))}
              onChange={(ease) => actions.changeKey(chosen.id, { ease })}
              disabled={!mayEdit}
            />
          </div>
        ) : null}
      </section>
      <CameraKeys set={set} chosen={chosen} />
      <PassesPart set={set} />
      <SnappedFrames set={set} />
      {mayEdit ? <SnapPart set={set} frame={at} /> : null}
    </div>
  );
}
