import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Artifact } from "#domain/jobs/messages/artifact.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { aVideoRequest } from "#domain/jobs/testing/video-request.ts";
import { eventsAfter } from "./project-events.ts";
import { recordResult } from "./results.ts";
import { listTakes } from "./takes.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

const file = (role: Artifact["role"], name: string, contentType: string): Artifact => ({
  ...{ role, name, contentType, sha256: "0".repeat(64), bytes: 9, meta: role === "pass" ? { pass: name } : {} },
});

test("passes and the camera are kept beside the take, called after it, and none of them is the take", async () => {
  const { jobs } = await film.queue([
    { kind: "shot", lane: "interactive", shotId: "a", request: aVideoRequest({ passes: ["depth", "ids"] }) },
  ]);
  const [job] = jobs;
  await recordResult(
    film.db,
    {
      ...{ v: protocolVersion, jobId: job!.id, projectId: film.projectId, attempt: 1, claim: randomUUID() },
      outcome: {
        status: "succeeded",
        artifacts: [
          file("pass", "depth", "video/mp4"),
          file("pass", "ids", "video/x-matroska"),
          file("video", "video", "video/mp4"),
          file("camera", "camera", "application/json"),
        ],
      },
      agentId: "a1",
      runtime: { engine: "previz", device: "none", seconds: 1 },
    },
    null,
    () => ({ retry: false }),
  );
  const assets = (await eventsAfter(film.db, film.projectId, 0, 1000)).flatMap(({ event }) =>
    event.type === "asset" ? [event.asset] : [],
  );
  expect(assets.map(({ name, meta }) => [name, meta["pass"]])).toEqual([
    ["Take 1, depth.mp4", "depth"],
    ["Take 1, ids.mkv", "ids"],
    ["Take 1.mp4", undefined],
    ["Take 1, camera.json", undefined],
  ]);
  const [take] = await listTakes(film.db, film.projectId, "a");
  expect(take?.videoAssetId).toBe(assets[2]!.id);
});
