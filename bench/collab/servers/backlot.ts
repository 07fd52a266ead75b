import postgres from "postgres";
import { z } from "zod";
import { backlot as adapter, projectIdOf, sessionSecret, userId } from "../adapters/backlot.ts";
import { bundleCollabServer, root } from "./bundle.ts";
import type { Contestant, Ground } from "./ground.ts";
import { startServerProcess } from "./server-process.ts";
import type { Stores } from "./stores.ts";

const Health = z.object({ rooms: z.number() });
const workspaceId = "00000000-0000-8000-8000-000000000000";

/** One for all runs: what is measured does not change while somebody works on it. */
let bundle: Promise<string[]> | null = null;
let grounds = 0;

/** Our own server, with everything stored in Postgres: it knows no other way. */
export const backlot = (openStores: () => Promise<Stores>): Contestant => ({
  name: "backlot",
  title: "Backlot",
  stores: true,
  adapter,
  openGround: async (folder) => {
    bundle ??= bundleCollabServer();
    const [args, stores] = await Promise.all([bundle, openStores()]);
    grounds += 1;
    return openGround(stores, args, `bench_${grounds}`, folder);
  },
});

async function openGround(stores: Stores, args: string[], database: string, folder: string): Promise<Ground> {
  await stores.mend();
  const url = await stores.addDatabase(database);
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql`insert into workspaces (id, name) values (${workspaceId}, 'Bench')`;
  await sql`insert into users (id, name, email) values (${userId}, 'Bench', 'bench@example.org')`;
  await sql`insert into workspace_members (workspace_id, user_id, role) values (${workspaceId}, ${userId}, 'editor')`;
  return {
    stores,
    prepare: async (rooms) => {
      const ids = rooms.map(projectIdOf);
      await sql`
        insert into projects (id, workspace_id, title)
        select id, ${workspaceId}, 'Untitled' from unnest(${ids}::uuid[]) as id on conflict do nothing`;
    },
    start: () =>
      startServerProcess({
        name: "backlot",
        args,
        cwd: root,
        folder,
        env: (port) => ({
          DATABASE_URL: url,
          NATS_URL: stores.natsUrl,
          SESSION_SECRET: sessionSecret,
          COLLAB_PORT: String(port),
          HOST: "127.0.0.1",
          LOG_LEVEL: "warn",
          // As in the Dockerfile.
          MALLOC_ARENA_MAX: "2",
          MALLOC_TRIM_THRESHOLD_: "131072",
        }),
        countRooms: async (port) => {
          const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
          return Health.parse(await answer.json()).rooms;
        },
      }),
    close: async () => {
      await stores.mend();
      await sql.end({ timeout: 5 });
      await stores.dropDatabase(database);
    },
  };
}
