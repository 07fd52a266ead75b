import type { GenerationTimeline, TimelineEvent } from "#domain/generation/timeline.ts";

/** Something that happens, as it is marked on the time line. */
export type Mark = {
  kind: "action" | "line" | "cue" | "music";
  at: number;
  seconds: number;
  /** Whose it is; empty where it is nobody's. */
  who: string;
  /** e.g. "Detective walks". */
  label: string;
};

/** What a person doing something is said to do. */
const doing: Record<string, string> = {
  ...{ stand: "stands", look: "looks", walk: "walks", run: "runs", sneak: "sneaks", sit: "sits", talk: "talks" },
  ...{ "stand-up": "stands up", "pick-up": "picks something up", point: "points", wave: "waves", push: "pushes" },
  ...{ climb: "climbs", fall: "falls", fight: "fights", dance: "dances", play: "plays", drive: "drives" },
  ...{ hold: "holds on", crouch: "crouches", lie: "lies" },
};

/** Marks for what one would look for on a time line, in order of time; bars and steps are too many. */
export function marksOf(timeline: Pick<GenerationTimeline, "events" | "seconds">): Mark[] {
  return timeline.events.flatMap((event) => {
    const mark = markOf(event);
    return mark === null || mark.at >= timeline.seconds ? [] : [mark];
  });
}

function markOf(event: TimelineEvent): Mark | null {
  switch (event.kind) {
    case "action":
      return {
        kind: "action",
        who: event.who,
        at: event.at,
        seconds: event.seconds,
        label: sentence(event.who, doing[event.action]),
      };
    case "line":
      return {
        kind: "line",
        who: event.who,
        at: event.at,
        seconds: event.seconds,
        label: sentence(event.who, "speaks"),
      };
    case "music":
      return {
        ...{ kind: "music" as const, who: "", at: event.at, seconds: event.seconds },
        label: `${capital(event.mood)} music, ${Math.round(event.tempo)} bpm`,
      };
    case "cue":
      return {
        kind: "cue",
        who: "",
        at: event.at,
        seconds: 0,
        label: capital((event.effect ?? event.what).replaceAll("-", " ")),
      };
    default:
      return null;
  }
}

/** What is going on at a time: the latest beginning of each kind that has not ended. */
export function goingOn(marks: readonly Mark[], seconds: number): Mark[] {
  return (["action", "line"] as const).flatMap((kind) =>
    marks.filter((mark) => mark.kind === kind && mark.at <= seconds && seconds < mark.at + mark.seconds),
  );
}

const sentence = (who: string, does = "acts") => `${nameOf(who)} ${does}`;

/** DETECTIVE is written Detective where one reads. */
function nameOf(who: string): string {
  if (who === "") return "Someone";
  return who
    .toLowerCase()
    .split(" ")
    .map((word) => capital(word))
    .join(" ");
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
