import { memo } from "react";
import { readHeading } from "#domain/screenplay/fountain/heading.ts";
import type { SceneMeasure } from "#domain/screenplay/pages/measure-scenes.ts";
import { showInScript } from "#app/studio/script/show-in-script.ts";
import { PagesOf } from "./outline-scene.tsx";
import { clock, placeOf, whenOf } from "./outline-words.ts";

interface WrittenProps {
  measure: SceneMeasure;
  /** Its place in the script, from 1; the writer's own number goes before. */
  number: number;
  isCurrent: boolean;
}

/** A scene of the script that is not on the board yet. */
export const OutlineWritten = memo(function OutlineWritten({ measure, number, isCurrent }: WrittenProps) {
  const heading = readHeading(measure.heading);
  const when = whenOf(heading);
  return (
    <button
      type="button"
      className="scene"
      data-current={isCurrent}
      data-written-only="true"
      title="Not on the board yet"
      onClick={() => showInScript(measure.line)}
    >
      <i />
      <span className="name cut">
        <b className="num">{measure.number ?? number}</b>{" "}
        {placeOf({ location: heading.location, heading: measure.heading })}
      </span>
      <span className="length num">{clock(measure.seconds)}</span>
      <span className="more">
        {when === "" ? null : <span className="cut">{when}</span>}
        <PagesOf measure={measure} />
      </span>
    </button>
  );
});
