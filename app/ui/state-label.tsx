import { Circle, CircleAlert, CircleCheck, CircleDashed, Clock, LoaderCircle, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { unreachable } from "#domain/errors.ts";
import "./state.css";

export type ShownState = "draft" | "queued" | "running" | "ready" | "stale" | "failed" | "approved";

/** A state as icon and word, never colour alone. `children` replaces the word, e.g. a per cent. */
export function StateLabel({ state, children }: { state: ShownState; children?: ReactNode }) {
  const [icon, word] = faceOf(state);
  return (
    <span className="ui-state" data-state={state}>
      {icon}
      {children ?? word}
    </span>
  );
}

function faceOf(state: ShownState): [ReactNode, string] {
  switch (state) {
    case "draft":
      return [<Circle key="i" />, "Not rendered"];
    case "queued":
      return [<Clock key="i" />, "Queued"];
    case "running":
      return [<LoaderCircle key="i" />, "Rendering"];
    case "ready":
      return [<CircleCheck key="i" />, "Ready"];
    case "stale":
      return [<CircleDashed key="i" />, "Stale"];
    case "failed":
      return [<CircleAlert key="i" />, "Failed"];
    case "approved":
      return [<Lock key="i" />, "Approved"];
    default:
      return unreachable(state);
  }
}
