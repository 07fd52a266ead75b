import { publish } from "#bus/messages.ts";
import type { Bus } from "#bus/connection.ts";
import type { AccessChange } from "#domain/collab/access-change.ts";
import { subjects } from "#domain/jobs/subjects.ts";

/** Tells open sockets that roles changed or a project went away, so that they look again. */
export function announceAccess(bus: Bus, change: AccessChange): void {
  publish(bus, subjects.accessChanged, change);
}
