import { useCallback } from "react";
import { OwnPlayhead, PeerPlayhead } from "#app/ui/playhead.tsx";
import { setState } from "../set-state.ts";
import { useSetPeople } from "../use-set-people.ts";
import type { ShotSet } from "../use-set.ts";

export function OwnHead({ at }: { at(frame: number): number }) {
  const x = useCallback(() => at(setState.get().frame), [at]);
  return <OwnPlayhead x={x} follow={setState.subscribe} />;
}

/** Where the others are in the same shot. */
export function PeerHeads({ set, at }: { set: ShotSet; at(frame: number): number }) {
  return (
    <>
      {useSetPeople(set).map(({ clientId, name, color, frame }) =>
        frame === null ? null : <PeerPlayhead key={clientId} name={name} color={color} x={at(frame)} />,
      )}
    </>
  );
}
