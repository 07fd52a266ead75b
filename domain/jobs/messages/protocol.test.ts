import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { AgentControl, AgentInfo } from "./agent-info.ts";
import { JobMessage } from "./job-message.ts";
import { Lease } from "./lease.ts";
import { ProgressMessage } from "./progress-message.ts";
import { protocolVersion } from "./protocol-version.ts";
import { RenderRequest } from "./render-request.ts";
import { ResultMessage } from "./result-message.ts";
import { SignReply, SignRequest } from "./signing.ts";
import { generationStages } from "../stages.ts";

/** What agents and the director say to each other: a change here is a new version of the protocol. */
const wire = { JobMessage, Lease, ProgressMessage, ResultMessage, SignRequest, SignReply, AgentInfo, AgentControl };

test("the messages are those of this version of the protocol", () => {
  const schemas = Object.entries(wire).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: "input" })]);
  const hash = createHash("sha256").update(JSON.stringify(schemas)).digest("hex").slice(0, 16);
  expect({ protocolVersion, hash }).toEqual({ protocolVersion: 4, hash: "5655f0fc84e4742e" });
});

const fps = { num: 24, den: 1 };
const stage = { prompt: "A rainy alley.", seed: 7, seconds: 8, fps };
const aJob = {
  v: 4,
  jobId: "j1",
  projectId: "p1",
  workspaceId: "w1",
  kind: "stage",
  capability: "env3d",
  lane: "batch",
  request: { role: "env3d", ...stage },
};
const holder = { v: 4, jobId: "j1", projectId: "p1", attempt: 1, claim: "claim-01", agentId: "a1" };
const runtime = { engine: "previz", device: "cpu", seconds: 2 };

test("every kind of request parses", () => {
  const requests = [
    ...["llm.plan", "env3d", "motion", "audio.sfx", "sync"].map((role) => ({ role, ...stage })),
    { role: "package", ...stage, width: 640, height: 360, frames: 192 },
    {
      role: "join",
      parts: [{ name: "chunk:0", trimHead: 0, frames: 505 }],
      width: 640,
      height: 360,
      fps,
      frames: 505,
      prompt: "",
      seed: 1,
    },
    { role: "audio.music", seconds: 8, seed: 1 },
  ];
  for (const request of requests) expect(RenderRequest.parse(request)).toEqual(request);
  expect(generationStages).toHaveLength(6);
});

test("a job says what came before it, which part it is and what it shall run on; without a word it has none of that", () => {
  expect(JobMessage.parse(aJob)).toMatchObject({ inputs: [], attemptsSoFar: 0, handovers: 0 });
  const more = {
    ...aJob,
    inputs: [{ name: "planning", fromJobId: "j0", role: "plan", assetId: "as1", output: { place: "alley" } }],
    part: { headJobId: "j9", index: 0, count: 3 },
    want: { engine: "previz", notEngines: ["other"] },
  };
  expect(JobMessage.parse(more)).toMatchObject(more);
});

test("whatever is said about an attempt names its claim", () => {
  const progress = { ...holder, state: "running", stage: "render", fraction: 0.5 };
  const result = { ...holder, outcome: { status: "handed_back" }, runtime };
  const { projectId: _, ...asks } = { ...holder, want: { op: "get", assetId: "as1" } };
  expect(ProgressMessage.parse(progress)).toEqual(progress);
  expect(ResultMessage.parse(result)).toEqual(result);
  expect(SignRequest.parse(asks)).toEqual(asks);
  const schemas = [ProgressMessage, ResultMessage, SignRequest];
  for (const [index, message] of [progress, result, asks].entries()) {
    const { claim: _claim, ...silent } = message;
    expect(schemas[index]!.safeParse(silent).success).toBe(false);
    expect(schemas[index]!.safeParse({ ...message, v: 1 }).success).toBe(false);
  }
});

test("a success may have an answer instead of files, and a failure a word for operators alone", () => {
  for (const outcome of [
    { status: "succeeded", artifacts: [], output: { beats: 3 } },
    { status: "failed", kind: "identity", message: "She is somebody else.", detail: "cosine 0.31" },
  ])
    expect(ResultMessage.parse({ ...holder, outcome, runtime }).outcome).toEqual(outcome);
});
