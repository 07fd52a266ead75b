import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { connectBus } from "#bus/connection.ts";
import { releaseJob } from "#bus/job-queue.ts";
import { ensureTopology } from "#bus/topology.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { cancelBucket } from "#domain/jobs/subjects.ts";
import { aVideoRequest } from "#domain/jobs/testing/video-request.ts";
import { startNats } from "#testing/nats.ts";
import { startAgent } from "./agent.ts";
import type { EngineProcess } from "./engine-process.ts";
import { openInProcessEngine } from "./testing/in-process-engine.ts";

test("a job whose shout was lost is stopped by its flag within five seconds, however long its lease", async () => {
  const nats = await startNats();
  const bus = await connectBus({ url: nats.url, name: "test" });
  await ensureTopology(bus, 30);
  const scratchFolder = mkdtempSync(path.join(tmpdir(), "backlot-agent-"));
  let state = "waiting";
  const openEngine = (): EngineProcess => ({
    ...openInProcessEngine(() => undefined),
    run: (_order, listener, signal) => {
      listener.started("empty");
      state = "rendering";
      return new Promise((resolve) =>
        signal.addEventListener("abort", () => {
          state = String(signal.reason);
          resolve({ status: "done", files: [] });
        }),
      );
    },
  });
  const log = pino({ level: "silent" });
  const agent = await startAgent({ bus, agentId: "a1", slots: 1, leaseSeconds: 30, scratchFolder, openEngine, log });
  const jobId = randomUUID();
  await releaseJob(
    bus,
    {
      v: protocolVersion,
      jobId,
      projectId: "p1",
      workspaceId: "w1",
      kind: "shot",
      capability: "video",
      lane: "interactive",
      attemptsSoFar: 0,
      handovers: 0,
      leaseSeconds: 30,
      inputs: [],
      request: aVideoRequest(),
    },
    jobId,
  );
  await expect.poll(() => state, { timeout: 5000 }).toBe("rendering");
  await (await bus.js.views.kv(cancelBucket)).put(jobId, "{}");
  await expect.poll(() => state, { timeout: 5000 }).toBe("cancelled");
  await agent.stop();
  await bus.close();
  await nats.stop();
  rmSync(scratchFolder, { recursive: true, force: true });
}, 20_000);
