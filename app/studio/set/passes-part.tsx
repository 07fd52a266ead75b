import { passNames } from "#domain/jobs/passes.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { Toggle } from "#app/ui/toggle.tsx";
import { passNamesShown } from "./set-words.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

/** Which pictures besides what people see the shot is rendered with. */
export function PassesPart({ set }: { set: ShotSet }) {
  const { mayEdit } = useSession();
  const actions = useSetActions(set);
  const { shot } = set;
  return (
    <section className="inspector-part" aria-label="Render passes">
      <h3>Render passes</h3>
      {passNames
        .filter((pass) => pass !== "beauty")
        .map((pass) => {
          const isOn = shot.passes?.includes(pass) === true;
          return (
            <div key={pass} className="inspector-row camera-pass">
              <span>{passNamesShown[pass]}</span>
              <span className="faint small">{isOn ? "In the next take" : "Off"}</span>
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
  );
}
