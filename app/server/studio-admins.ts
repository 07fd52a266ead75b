import type { AppEnv } from "../env.ts";
import type { Caller } from "./auth.ts";
import { machineOwnerId } from "./machine-owner.ts";

/** Whether somebody runs the studio: the owner of its machine, or an account that STUDIO_ADMINS names. */
export function runsStudio(env: Pick<AppEnv, "studioAdmins">, caller: Pick<Caller, "userId" | "email">): boolean {
  if (caller.userId === machineOwnerId) return true;
  return caller.email !== null && env.studioAdmins.includes(caller.email.toLowerCase());
}

export const whoRunsStudio =
  "Draining and resuming agents is for whoever runs this studio: the owner of its machine, and accounts whose e-mail STUDIO_ADMINS names.";
