import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Arena } from "./arena.ts";
import type { Server, ServerName } from "./servers/ground.ts";

export interface BystanderPlan {
  server: ServerName;
  url: string;
  room: string;
}

export interface BystanderWorst {
  /** The longest that an edit of a bystander took to its peer. */
  stallMs: number;
  /** The longest that the bystanders' process itself was late. */
  ownLagMs: number;
}

export interface StallWatch {
  begin: () => void;
  end: () => Promise<BystanderWorst>;
  stop: () => void;
}

/** Puts two people into another room of the server, and watches how long their edits take. */
export async function watchStall(arena: Arena, server: Server): Promise<StallWatch> {
  const room = "room-of-bystanders";
  await arena.ground.prepare([room]);
  const plan: BystanderPlan = { server: arena.contestant.name, url: server.url, room };
  // Node's own arguments are passed on, and with them what reads TypeScript.
  const child = fork(fileURLToPath(new URL("./bystander.ts", import.meta.url)), [JSON.stringify(plan)]);
  arena.onClose(() => child.kill("SIGKILL"));
  const failed = once(child, "exit").then(() => Promise.reject(new Error("the bystanders ended")));
  failed.catch(() => {});
  await Promise.race([once(child, "message"), failed]);
  return {
    begin: () => child.send("begin"),
    end: async () => {
      const answer = once(child, "message");
      child.send("end");
      const [worst] = (await Promise.race([answer, failed])) as [BystanderWorst];
      return worst;
    },
    stop: () => child.kill("SIGKILL"),
  };
}
