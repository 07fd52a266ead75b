import { connectBus } from "#bus/connection.ts";
import { openDb } from "#db/client.ts";
import { setStudioLimits } from "#db/queries/quota.ts";
import { openAssetStore } from "#storage/asset-store.ts";
import { startDirector } from "./director.ts";
import { type DirectorEnv, loadEnv } from "./env.ts";
import { openLog } from "./log.ts";
import { startWebhooks } from "./webhooks.ts";

let env: DirectorEnv;
try {
  env = loadEnv();
} catch (error) {
  process.stderr.write(`The director cannot start:\n${(error as Error).message}\n`);
  process.exit(1);
}
const log = openLog(env.logLevel);
setStudioLimits(env.limits);
const handle = openDb(env.databaseUrl, { name: "director", max: 8 });
const bus = await connectBus({ url: env.natsUrl, credsFile: env.natsCreds, name: "backlot director", log });
const store = await openAssetStore(env.store);
const director = await startDirector({ handle, bus, store, leaseSeconds: env.leaseSeconds, log });
if (env.sessionSecret === undefined) log.warn("no webhooks are sent: SESSION_SECRET, which opens theirs, is missing");
const webhooks =
  env.sessionSecret === undefined
    ? null
    : await startWebhooks({
        handle,
        log,
        sessionSecret: env.sessionSecret,
        allowPrivate: env.webhooksAllowPrivate,
      });

let stopping = false;
async function stop(why: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ why }, "director stopping");
  setTimeout(() => process.exit(1), 4500).unref();
  await Promise.all([director.stop(), webhooks?.stop()]);
  await bus.close();
  await handle.close();
  process.exit(0);
}
process.once("SIGTERM", () => void stop("SIGTERM"));
process.once("SIGINT", () => void stop("SIGINT"));
process.once("disconnect", () => void stop("the studio is gone"));
