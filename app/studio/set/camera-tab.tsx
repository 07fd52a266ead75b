import { Aperture, Plus, X } from "lucide-react";
import { useEffect, useState } from "react";
import { canonicalName } from "#domain/screenplay/plan-cast.ts";
import { easings, framings, moves, type Vec3 } from "#domain/screenplay/scene-plan.ts";
import { passNames } from "#domain/jobs/passes.ts";
import { timecode } from "#domain/time.ts";
import { nameWords, slateLength } from "#app/studio/board/shot-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/select.tsx";
import { Toggle } from "#app/ui/toggle.tsx";
import { ChosenPart } from "./chosen-part.tsx";
import { PointFields } from "./point-fields.tsx";
import { SetSlider } from "./set-slider.tsx";
import { SnappedFrames } from "./snapped-frames.tsx";
import { changeSetState, drawn, setState } from "./set-state.ts";
import { easeNames, framingNames, moveWords, passNamesShown } from "./set-words.ts";
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
  const isDrawn = useStore(drawn, (now) => now !== null);
  const actions = useSetActions(set);
  const chosen = keys.find(({ id }) => selected === `key:${id}`) ?? keys.find((key) => key.frame === frame);
  const index = chosen ? keys.indexOf(chosen) : -1;
  const view = isDrawn ? drawn.get()?.shotView(chosen?.frame ?? frame) : undefined;
  const at = chosen?.frame ?? frame;
  const eye: Vec3 = chosen?.eye ?? view?.eye ?? [0, 0, 0];
  const look: Vec3 = chosen?.look ?? view?.look ?? [0, 0, 0];
  const lens = chosen?.lensMm ?? view?.lensMm ?? plan.camera.lensMm;
  const far = Math.hypot(...eye.map((value, axis) => value - (look[axis] ?? 0)));
  const focus = chosen?.focus ?? view?.focus ?? far;
  /** Without a key the board's own fields hold it; with some, the one at hand or a new one here. */
  const change = (patch: { eye?: Vec3; look?: Vec3; lensMm?: number; focus?: number }) =>
    chosen ? actions.changeKey(chosen.id, patch) : actions.key(frame, patch);
  return (
    <div className="inspector-body camera-tab">
      <ChosenPart set={set} />
      <section className="inspector-part">
        <h3>
          Camera
          <span className="end faint">Drives shot {shot.number}</span>
        </h3>
        <SetSlider
          label="Lens"
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
              { id: "free", name: "A point" },
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
          <span className="end faint">{chosen ? `Key ${index + 1} of ${keys.length}` : "No key here"}</span>
        </h3>
        <PointFields label="Camera" at={eye} disabled={!mayEdit} onCommit={(next) => change({ eye: next })} />
        {chosen ? (
          <div className="inspector-row">
            <span>Ease</span>
            <Select
              label="Ease"
              value={chosen.ease ?? "smooth"}
              options={easings.map((id) => ({ id, name: easeNames[id] }))}
              onChange={(ease) => actions.changeKey(chosen.id, { ease })}
              disabled={!mayEdit}
            />
          </div>
        ) : null}
      </section>
      <section className="inspector-part" aria-label="Keys">
        <h3>
          Keys
          <span className="end">
            <IconButton
              name="Set a key at the playhead"
              size="small"
              disabled={!mayEdit}
              onClick={() => actions.key(frame)}
            >
              <Plus className="small" />
            </IconButton>
          </span>
        </h3>
        {keys.length === 0 ? (
          <p className="small faint">
            The camera goes by its framing and move. A key holds it where it is; two make a way.
          </p>
        ) : null}
        <ul className="camera-keys num">
          {keys.map((key, place) => (
            <li key={key.id} data-now={key === chosen}>
              <button
                type="button"
                aria-pressed={key === chosen}
                aria-label={`Key ${place + 1} at ${slateLength(key.frame, plan.fps)}`}
                onClick={() => changeSetState({ selected: `key:${key.id}`, frame: key.frame, playing: false })}
              >
                <i className="dm" aria-hidden="true" />
                <span>{slateLength(key.frame, plan.fps)}</span>
              </button>
              <KeyName
                name={key.name ?? ""}
                hint={nameFor(set, key.eye, key.look)}
                disabled={!mayEdit}
                onCommit={(name) => actions.changeKey(key.id, { name })}
              />
              <span className="faint small">{Math.round(key.lensMm)} mm</span>
              {mayEdit ? (
                <IconButton
                  name={`Remove key ${place + 1}`}
                  size="small"
                  className="on-row"
                  onClick={() => actions.remove(`key:${key.id}`)}
                >
                  <X className="small" />
                </IconButton>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      <section className="inspector-part" aria-label="Passes for the shot">
        <h3>Passes for the shot</h3>
        {passNames
          .filter((pass) => pass !== "beauty")
          .map((pass) => {
            const isOn = shot.passes?.includes(pass) === true;
            return (
              <div key={pass} className="inspector-row camera-pass">
                <span>{passNamesShown[pass]}</span>
                <span className="faint small">{isOn ? "With the next take" : "Off"}</span>
                <Toggle
                  label={`${passNamesShown[pass]} pass`}
                  on={isOn}
                  disabled={!mayEdit}
                  onChange={(on) => {
                    const others = (shot.passes ?? []).filter((each) => each !== pass);
                    const passes = on ? [...others, pass] : others;
                    actions.changeCamera({ passes: passes.length === 0 ? undefined : passes });
                  }}
                />
              </div>
            );
          })}
      </section>
      <SnappedFrames set={set} />
      {mayEdit ? <SnapPart set={set} frame={at} /> : null}
    </div>
  );
}

function SnapPart({ set, frame }: { set: ShotSet; frame: number }) {
  const actions = useSetActions(set);
  const isDrawn = useStore(drawn, (now) => now !== null);
  const [busy, setBusy] = useState(false);
  const snap = async () => {
    setBusy(true);
    await actions.snap(frame);
    setBusy(false);
  };
  return (
    <div className="camera-snap">
      <Button
        size="big"
        disabled={busy || !isDrawn}
        title={`Keeps the picture at ${timecode(frame, set.plan.fps).slice(-8)} as a keyframe of shot ${set.shot.number}`}
        onClick={() => void snap()}
      >
        <Aperture />
        {busy ? "Taking the picture …" : "Snap frame to keyframe"}
      </Button>
    </div>
  );
}

function KeyName({
  name,
  hint,
  disabled,
  onCommit,
}: {
  name: string;
  hint: string;
  disabled: boolean;
  onCommit(name: string): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  useEffect(() => setDraft(null), [name]);
  return (
    <input
      className="key-name cut"
      aria-label="Name of the key"
      placeholder={hint}
      maxLength={60}
      disabled={disabled}
      value={draft ?? name}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (draft !== null && draft.trim() !== name) onCommit(draft.trim());
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}

/** What a person's eyes, or a piece's middle, are for a camera. */
function eyesOf(set: ShotSet, id: string): Vec3 | null {
  const thing = set.things.find((each) => each.id === id);
  if (thing === undefined) return null;
  const person = set.plan.cast.find(({ name }) => `person:${canonicalName(name)}` === id);
  const up = person ? person.look.height * (person.seat > 0 ? 0.7 : 0.93) : 0.4;
  return [thing.at[0], Math.round((thing.at[1] + up) * 100) / 100, thing.at[2]];
}

function lookedAt(set: ShotSet, look: Vec3): string {
  const found = set.things.find(({ id }) => {
    const eyes = eyesOf(set, id);
    return eyes !== null && Math.hypot(...eyes.map((value, axis) => value - (look[axis] ?? 0))) < 0.02;
  });
  return found?.id ?? "free";
}

/** What a key without a name is called by what it sees. */
function nameFor(set: ShotSet, eye: Vec3, look: Vec3): string {
  let best: { name: string; far: number } | null = null;
  for (const person of set.plan.cast) {
    const far = Math.hypot(person.at[0] - look[0], person.at[2] - look[2]);
    if (far < 1.2 && (best === null || far < best.far)) best = { name: nameWords(person.name), far };
  }
  const high = eye[1] - (set.plan.cast[0]?.at[1] ?? 0);
  const height = high < 0.9 ? "Low" : high > 3.2 ? "High" : "Eye level";
  return best === null ? height : `${height}, on ${best.name}`;
}
