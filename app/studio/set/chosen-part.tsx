import { Trash2 } from "lucide-react";
import { deedSpans } from "#domain/film/deed-spans.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import { motions, type Motion } from "#domain/screenplay/scene-plan.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/select.tsx";
import { NumberField, PointFields } from "./point-fields.tsx";
import { setState } from "./set-state.ts";
import { SetSlider } from "./set-slider.tsx";
import { motionNames } from "./set-words.ts";
import { innerId, type Thing } from "./things.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

/** What can be said in numbers of the person, piece or light that is chosen. */
export function ChosenPart({ set }: { set: ShotSet }) {
  const thing = useStore(setState, ({ selected }) => set.things.find(({ id }) => id === selected) ?? null);
  return thing === null ? null : <Chosen key={thing.id} set={set} thing={thing} />;
}

function Chosen({ set, thing }: { set: ShotSet; thing: Thing }) {
  const { mayEdit } = useSession();
  const actions = useSetActions(set);
  const isFixed = !mayEdit || thing.locked;
  const inner = innerId(thing.id);
  const piece = set.staging.pieces.find(({ id }) => id === inner);
  const light = set.staging.lights.find(({ id }) => id === inner);
  const isPlaced = piece !== undefined || light !== undefined || set.staging.marks.some(({ who }) => who === inner);
  return (
    <section className="inspector-part" aria-label={thing.name}>
      <h3>
        {thing.name}
        <span className="end">
          {mayEdit && isPlaced ? (
            <IconButton
              name={thing.kind === "person" ? `Reset ${thing.name} to the scripted position` : `Remove ${thing.name}`}
              size="small"
              onClick={() => actions.remove(thing.id)}
            >
              <Trash2 className="small" />
            </IconButton>
          ) : null}
        </span>
      </h3>
      <PointFields
        label={thing.name}
        at={thing.at}
        disabled={isFixed}
        onCommit={(at) => actions.place(thing.id, at, thing.facing)}
      />
      {thing.kind === "light" ? null : (
        <div className="inspector-row">
          <span>Facing</span>
          <NumberField
            label={`${thing.name}, facing`}
            unit="°"
            value={Math.round(thing.facing)}
            least={-360}
            most={360}
            disabled={isFixed}
            onCommit={(facing) => actions.place(thing.id, thing.at, facing)}
          />
        </div>
      )}
      {thing.kind === "person" ? <Does set={set} who={inner} /> : null}
      {piece ? (
        <SetSlider
          label="Size"
          value={piece.scale ?? 1}
          min={0.2}
          max={4}
          step={0.05}
          words={(value) => `× ${value.toFixed(2)}`}
          disabled={isFixed}
          onCommit={(scale) => actions.changePiece(piece.id, { scale })}
        />
      ) : null}
      {light ? (
        <>
          <SetSlider
            label="Intensity"
            value={light.power}
            min={0}
            max={150}
            step={1}
            words={(value) => String(Math.round(value))}
            disabled={isFixed}
            onCommit={(power) => actions.changeLight(light.id, { power })}
          />
          <div className="inspector-row">
            <span>Colour</span>
            <input
              type="color"
              className="light-colour"
              aria-label={`Colour of ${thing.name}`}
              disabled={isFixed}
              defaultValue={light.colour}
              key={light.colour}
              onBlur={(event) =>
                event.target.value === light.colour
                  ? undefined
                  : actions.changeLight(light.id, { colour: event.target.value })
              }
            />
          </div>
        </>
      ) : null}
    </section>
  );
}

/** What somebody does from the playhead on. */
function Does({ set, who }: { set: ShotSet; who: string }) {
  const { mayEdit } = useSession();
  const actions = useSetActions(set);
  const frame = useStore(setState, (state) => state.frame);
  const person = set.plan.cast.find(({ name }) => canonicalName(name) === who);
  const spans = person ? deedSpans(person, set.plan, set.staging.deeds) : [];
  const here = spans.find(({ fromFrame, toFrame }) => fromFrame <= frame && toFrame > frame);
  return (
    <div className="inspector-row">
      <span>{frame === 0 ? "Action" : "Action from here"}</span>
      <Select
        label="Action from the playhead"
        value={here?.motion ?? "stand"}
        options={motions.map((id) => ({ id, name: motionNames[id] }))}
        onChange={(motion: Motion) => actions.does(who, motion, frame)}
        disabled={!mayEdit}
      />
    </div>
  );
}
