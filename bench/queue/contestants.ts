import { join } from "node:path";
import { startNatsServer } from "#local/nats-server.ts";
import { findFreePort } from "#local/ports.ts";
import { sendSignal } from "#local/processes.ts";
import { findPrograms } from "../../local/programs.mjs";
import { atExit } from "../measure/clean-up.ts";
import { installQueues, queuesFolder } from "./queue-packages.ts";
import { bundleBacklot } from "./bundle.ts";
import { startChild } from "./child.ts";
import type { Contender, Contestant } from "./contestant.ts";

let bundled: ReturnType<typeof bundleBacklot> | null = null;

/** A broker, a director, and an agent with as many slots as the others have, each a process of its own. */
export const backlot: Contestant = {
  name: "backlot",
  title: "Backlot",
  open: async (databaseUrl, folder) => {
    const scripts = await (bundled ??= bundleBacklot());
    const broker = await openBroker(folder);
    const natsUrl = broker.url;
    const env = {
      DATABASE_URL: databaseUrl,
      NATS_URL: natsUrl,
      LOG_LEVEL: "warn",
      LEASE_SECONDS: "30",
      BACKLOT_DATA: folder,
    };
    const director = startChild({
      name: "director",
      script: scripts.director,
      folder,
      env: { ...env, SESSION_SECRET: "a secret of the bench", PUBLIC_URL: "http://127.0.0.1:1" },
    });
    const worker: Contender["worker"] = startChild({ name: "worker", script: scripts.worker, folder, env });
    const producer: Contender["producer"] = startChild({ name: "producer", script: scripts.producer, folder, env });
    await producer.next("ready");
    return {
      producer,
      worker,
      helpers: [
        { name: "director", pid: director.pid },
        { name: "broker", pid: broker.pid },
      ],
      natsUrl,
      openJobs: "jobs where finished_at is null",
      close: async () => {
        await Promise.all([producer.stop(), worker.stop(), director.stop()]);
        await broker.stop();
      },
    };
  },
};

async function openBroker(folder: string) {
  const program = findPrograms()["nats-server"];
  if (program === null) throw new Error("nats-server is missing: `npm start` installs it or says how, then try again");
  const port = await findFreePort();
  const broker = await startNatsServer({
    program,
    folder: join(folder, "nats"),
    port,
    logFile: join(folder, "nats.log"),
  });
  const forget = atExit(() => sendSignal(broker.pid, "SIGKILL"));
  void broker.ended.then(forget);
  return broker;
}

function peer(
  name: Contestant["name"],
  title: string,
  script: string,
  openJobs: string,
  extra: Record<string, string> = {},
): Contestant {
  return {
    name,
    title,
    open: async (databaseUrl, folder) => {
      await installQueues();
      const env = { DATABASE_URL: databaseUrl, ...extra };
      const command = { script: join(queuesFolder, script), folder, env };
      const producer: Contender["producer"] = startChild({ ...command, name: "producer", args: ["producer"] });
      // It makes the tables.
      await producer.next("ready");
      const worker: Contender["worker"] = startChild({ ...command, name: "worker", args: ["worker"] });
      return {
        producer,
        worker,
        helpers: [],
        natsUrl: null,
        openJobs,
        close: async () => {
          await Promise.all([producer.stop(), worker.stop()]);
        },
      };
    },
  };
}

const graphileOpen = "graphile_worker._private_jobs where true";

export const contestants: readonly Contestant[] = [
  backlot,
  peer("graphile-worker", "graphile-worker 0.17.3", "graphile-worker.mjs", graphileOpen),
  peer("graphile-worker-tuned", "graphile-worker 0.17.3, tuned", "graphile-worker.mjs", graphileOpen, { TUNED: "1" }),
  peer("pg-boss", "pg-boss 10.4.2", "pg-boss.mjs", "pgboss.job where state < 'completed'"),
];
