/** What this process hears and answers on NATS. */
import type { Logger } from "pino";
import { z } from "zod";
import type { Bus } from "#bus/connection.ts";
import { openKeptProgress } from "#bus/kept-progress.ts";
import { publish, respond, subscribe } from "#bus/messages.ts";
import { AccessChange } from "#domain/collab/access-change.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { AccessWatch } from "./access-watch.ts";
import type { Backplane } from "./backplane.ts";
import type { FilmEdits } from "./film-edits.ts";
import type { JobFrames } from "./job-frames.ts";

interface BusLinks {
  jobs: JobFrames;
  watch: AccessWatch;
  edits: FilmEdits;
  backplane: Backplane;
  health: () => object;
  log: Logger;
}

/** @returns how to stop answering: requests under way are answered first */
export function linkToBus(bus: Bus, links: BusLinks): () => Promise<void> {
  const onProblem = (problem: object) => links.log.warn(problem, "a message we could not use");
  const projectOf = (subject: string) => subject.split(".")[2] ?? "";
  const subscriptions = [
    subscribe(
      bus,
      subjects.allProjectEvents,
      z.unknown(),
      (event, from) => links.jobs.takeEvent(projectOf(from.subject), event),
      { onProblem },
    ),
    subscribe(
      bus,
      subjects.allProgress,
      z.unknown(),
      (progress, from) => links.jobs.takeProgress(projectOf(from.subject), progress),
      { onProblem },
    ),
    subscribe(bus, subjects.accessChanged, AccessChange, (change) => void links.watch.look(change), { onProblem }),
    respond(bus, subjects.collabPing, z.unknown(), async () => links.health(), { onProblem }),
    // One of all instances answers.
    respond(
      bus,
      subjects.allEdits,
      z.unknown(),
      (request, from) => links.edits.answer(projectOf(from.subject), request),
      {
        queue: "collab",
        onProblem,
      },
    ),
  ];
  links.backplane.attach(bus);
  const kept = openKeptProgress(bus);
  const catchUp = () =>
    kept.list().then(
      (progress) => links.jobs.begin(progress),
      // A broker without the bucket has no jobs under way either.
      (error: unknown) => links.log.debug({ err: error }, "what jobs were under way could not be read"),
    );
  void catchUp();
  // What was told while the broker was away is not told again, unless one asks.
  const stopListening = bus.onReconnect((awaySeconds) => {
    publish(bus, subjects.eventsMissed, { seconds: awaySeconds });
    links.backplane.reconnected();
    void catchUp();
    void links.watch.look({});
  });
  return async () => {
    stopListening();
    await Promise.all(subscriptions.map((subscription) => subscription.stop()));
  };
}
