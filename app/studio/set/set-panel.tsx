import {
  Box,
  Clapperboard,
  CloudRain,
  Clock,
  Diamond,
  Eye,
  EyeOff,
  Lightbulb,
  Lock,
  LockOpen,
  User,
  Video,
  type LucideIcon,
} from "lucide-react";
import { useRef, type CSSProperties, type ReactNode } from "react";
import { hours, weathers } from "#domain/screenplay/plan/plan-words.ts";
import { placeKinds } from "#domain/screenplay/plan/plan-places.ts";
import { sceneName } from "#app/studio/board/shot-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { sameShallow, useStore } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/select.tsx";
import { AddToSet } from "./add-to-set.tsx";
import { OnTheSet } from "./on-the-set.tsx";
import { problemLines } from "./problem-lines.ts";
import { holdersOf, type SetPerson } from "./set-presence.ts";
import { ShotSwitcher } from "./shot-switcher.tsx";
import { changeSetState, setState } from "./set-state.ts";
import { hourNames, placeNames, weatherNames } from "./set-words.ts";
import type { Thing, ThingId } from "./things.ts";
import { useSetActions } from "./use-set-actions.ts";
import { useSetPeople } from "./use-set-people.ts";
import { useShotSet, type ShotSet } from "./use-set.ts";
import "./set-panel.css";

/** Everything in the set of the selected shot, and who is in it. */
export function SetPanel() {
  const set = useShotSet();
  if (set === null)
    return (
      <div className="panel-head">
        <h2>Set</h2>
        <span className="faint small">Select a shot</span>
      </div>
    );
  return <PanelOf set={set} />;
}

const icons: Record<Thing["kind"], LucideIcon> = {
  person: User,
  piece: Box,
  light: Lightbulb,
  key: Diamond,
  camera: Video,
};

function PanelOf({ set }: { set: ShotSet }) {
  const { mayEdit } = useSession();
  const { plan, scene, things, staging } = set;
  const held = holdersOf(useSetPeople(set));
  const problems = problemLines(
    set.problems,
    useFilm((film) => film.problems, sameShallow),
  );
  const tree = useRef<HTMLDivElement>(null);
  const of = (kind: Thing["kind"]) => things.filter((thing) => thing.kind === kind);
  const facts = `${placeNames[plan.place]}, ${hourNames[plan.hour].toLowerCase()}`;
  return (
    <>
      <div className="panel-head">
        <h2>Set</h2>
        <span className="faint small cut">
          {scene ? `${sceneName(scene)}, ${hourNames[plan.hour].toLowerCase()}` : facts}
        </span>
        <span className="grow" />
        {mayEdit ? <AddToSet set={set} size="small" /> : null}
      </div>
      <ShotSwitcher shotId={set.shot.id} />
      <div ref={tree} className="set-tree" onKeyDown={(event) => walk(event, tree.current)}>
        <h3>Environment</h3>
        <Environment set={set} />
        <h3>Cast</h3>
        <Rows set={set} things={of("person")} held={held} none="No cast in this shot" />
        {of("piece").length > 0 ? (
          <>
            <h3>Props</h3>
            <Rows set={set} things={of("piece")} held={held} none="" />
          </>
        ) : null}
        <h3>Camera</h3>
        <ul>
          <Row
            id="camera"
            icon={Video}
            name={`Shot ${set.shot.number} camera`}
            note={
              staging.keys.length === 0
                ? "From storyboard"
                : `${staging.keys.length} ${staging.keys.length === 1 ? "key" : "keys"}`
            }
            holder={held.get("camera") ?? staging.keys.map(({ id }) => held.get(`key:${id}`)).find(Boolean)}
          />
        </ul>
        <h3>Lights</h3>
        <Rows set={set} things={of("light")} held={held} none="Set lighting only" />
        {problems.map((line) => (
          <p key={line} className="set-problem small">
            {line}
          </p>
        ))}
      </div>
      <OnTheSet set={set} />
    </>
  );
}

function Environment({ set }: { set: ShotSet }) {
  const { mayEdit } = useSession();
  const { plan } = set;
  const actions = useSetActions(set);
  return (
    <ul>
      <Fact icon={<Clapperboard className="small" />} name="Place">
        <Select
          label="Place"
          look="quiet"
          value={plan.place}
          options={placeKinds.map((id) => ({ id, name: placeNames[id] }))}
          onChange={(setPlace) => actions.changeSet({ setPlace })}
          disabled={!mayEdit}
        />
      </Fact>
      <Fact icon={<Clock className="small" />} name="Time of day">
        <Select
          label="Time of day"
          look="quiet"
          value={plan.hour}
          options={hours.map((id) => ({ id, name: hourNames[id] }))}
          onChange={(setHour) => actions.changeSet({ setHour })}
          disabled={!mayEdit}
        />
      </Fact>
      <Fact icon={<CloudRain className="small" />} name="Weather">
        <Select
          label="Weather"
          look="quiet"
          value={plan.weather}
          options={weathers.map((id) => ({ id, name: weatherNames[id] }))}
          onChange={(setWeather) => actions.changeSet({ setWeather })}
          disabled={!mayEdit}
        />
      </Fact>
    </ul>
  );
}

function Fact({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <li className="set-fact">
      {icon}
      <span>{name}</span>
      {children}
    </li>
  );
}

interface RowsProps {
  set: ShotSet;
  things: readonly Thing[];
  held: ReadonlyMap<string, SetPerson>;
  none: string;
}

function Rows({ set, things, held, none }: RowsProps) {
  const { mayEdit } = useSession();
  const actions = useSetActions(set);
  if (things.length === 0) return none === "" ? null : <p className="set-none small faint">{none}</p>;
  return (
    <ul>
      {things.map((thing) => (
        <Row
          key={thing.id}
          id={thing.id}
          icon={icons[thing.kind]}
          name={thing.name}
          note={thing.note}
          holder={held.get(thing.id)}
          isDim={thing.hidden}
        >
          {mayEdit && thing.kind === "piece" ? (
            <IconButton
              name={thing.hidden ? `Show ${thing.name}` : `Hide ${thing.name}`}
              size="small"
              className="on-row"
              data-on={thing.hidden}
              onClick={() => actions.hide(thing)}
            >
              {thing.hidden ? <EyeOff className="small" /> : <Eye className="small" />}
            </IconButton>
          ) : null}
          {mayEdit ? (
            <IconButton
              name={thing.locked ? `Unlock ${thing.name}` : `Lock ${thing.name}`}
              size="small"
              className="on-row"
              data-on={thing.locked}
              onClick={() => actions.lock(thing)}
            >
              {thing.locked ? <Lock className="small" /> : <LockOpen className="small" />}
            </IconButton>
          ) : null}
        </Row>
      ))}
    </ul>
  );
}

interface RowProps {
  id: ThingId;
  icon: LucideIcon;
  name: string;
  note: string;
  holder?: SetPerson | undefined;
  isDim?: boolean;
  children?: ReactNode;
}

function Row({ id, icon: Icon, name, note, holder, isDim = false, children }: RowProps) {
  const isChosen = useStore(
    setState,
    ({ selected }) => selected === id || (id === "camera" && selected?.startsWith("key:") === true),
  );
  return (
    <li
      className="set-row"
      data-chosen={isChosen}
      data-held={holder !== undefined}
      data-dim={isDim}
      style={holder ? ({ "--c": holder.color } as CSSProperties) : undefined}
    >
      <button type="button" aria-pressed={isChosen} onClick={() => changeSetState({ selected: id })}>
        <Icon className="small" aria-hidden="true" />
        <span className="cut">{name}</span>
        {holder ? (
          <Avatar
            person={{ id: String(holder.clientId), name: holder.name, color: holder.color }}
            size="small"
            title={`${holder.name} is moving it`}
          />
        ) : (
          <span className="note small faint cut">{note}</span>
        )}
      </button>
      {children}
    </li>
  );
}

/** Arrow keys go from row to row; what is chosen is moved with them on the set itself. */
function walk(event: React.KeyboardEvent, tree: HTMLElement | null): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0 || tree === null || !(event.target instanceof HTMLElement) || !event.target.closest(".set-row")) return;
  const rows = [...tree.querySelectorAll<HTMLElement>(".set-row > button:first-child")];
  const now = rows.findIndex((row) => row.parentElement?.contains(event.target as Node));
  event.preventDefault();
  event.stopPropagation();
  rows[Math.min(rows.length - 1, Math.max(0, now + by))]?.focus();
}
