import { sql } from "drizzle-orm";
import { z } from "zod";
import { ask } from "#bus/messages.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { StudioParts } from "./studio-parts.ts";

export const PartState = z.object({
  ok: z.boolean(),
  status: z.enum(["ok", "starting"]),
  message: z.string().optional(),
});
export type PartState = z.infer<typeof PartState>;
export const Readiness = z.object({
  status: z.enum(["ok", "starting"]),
  parts: z.object({
    postgres: PartState,
    nats: PartState,
    storage: PartState,
    collab: PartState,
    director: PartState,
    agents: PartState,
  }),
});
export type Readiness = z.infer<typeof Readiness>;

/** Asks every part at once; each answers within two seconds or counts as away. */
export async function askReadiness(parts: StudioParts): Promise<Readiness> {
  const [postgres, nats, storage, collab, director, agents] = await Promise.all([
    look(async () => void (await parts.db.execute(sql`select 1`))),
    look(async () => {
      if (!parts.bus.connected()) throw new Error("not connected");
      await parts.bus.flush();
    }),
    look(() => parts.store.check()),
    look(() => ping(parts, subjects.collabPing)),
    look(() => ping(parts, subjects.directorPing)),
    look(async () => {
      const { length } = await parts.agents.list();
      return length === 0 ? "none" : `${length} connected`;
    }),
  ]);
  const all = { postgres, nats, storage, collab, director, agents };
  const ready = Object.entries(all).every(
    ([name, part]) => part.ok && (name !== "agents" || part.message !== "none" || parts.env.agentsExpected === 0),
  );
  return { status: ready ? "ok" : "starting", parts: all };
}

async function ping(parts: StudioParts, subject: string): Promise<void> {
  await ask(parts.bus, subject, {}, z.unknown(), 1500);
}

async function look(check: () => Promise<string | void>): Promise<PartState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer within 2 s")), 2000);
  });
  try {
    const message = await Promise.race([check(), late]);
    return { ok: true, status: "ok", ...(typeof message === "string" ? { message } : {}) };
  } catch (error) {
    // Names of hosts and users stay in the log; this page is open to everybody.
    const code = (error as { code?: unknown }).code;
    const message =
      error instanceof Error && error.message.startsWith("no")
        ? error.message
        : `away${typeof code === "string" ? ` (${code})` : ""}`;
    return { ok: false, status: "starting", message };
  } finally {
    clearTimeout(timer);
  }
}
