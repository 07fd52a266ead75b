/** What an agent says of itself, and what an operator wants of it: values in buckets of NATS. */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { Capability, JobKind } from "../capabilities.ts";
import { protocolVersion } from "./protocol-version.ts";

/** What an engine can do at most; absent: not said. */
export const EngineLimits = z.object({
  /** Of one render. */
  maxFrames: z.number().int().min(1).optional(),
  /** Of one picture: width × height. */
  maxPixels: z.number().int().min(1).optional(),
  /** Of sound. */
  maxSeconds: z.number().min(0).optional(),
  /** Lengths it renders are a multiple of this, plus one. */
  framesGrid: z.number().int().min(1).optional(),
  /** Width and height are multiples of this. */
  sideMultiple: z.number().int().min(1).optional(),
  /** Whether it starts from pictures that it is given, and passes through them; no, unless said. */
  takesPictures: z.boolean().optional(),
  /** Whether it goes through frames snapped of its own stage; no, unless said. */
  takesKeyframes: z.boolean().optional(),
});
export type EngineLimits = z.infer<typeof EngineLimits>;

/** Value of `agents.<id>`, renewed every few seconds; the bucket's age limit makes silent agents vanish. */
export const AgentInfo = z.object({
  v: z.literal(protocolVersion),
  id: Id,
  engines: z.array(
    z.object({
      id: z.string(),
      capabilities: z.array(Capability),
      models: z.array(z.string()),
      version: z.string(),
      limits: EngineLimits,
    }),
  ),
  device: z.string(),
  memory: z.object({ ramBytes: z.number().int(), vramBytes: z.number().int().optional() }),
  slots: z.number().int().min(1),
  state: z.enum(["starting", "idle", "busy", "draining"]),
  running: z.array(z.object({ jobId: Id, kind: JobKind, startedAt: z.string() })),
  /** Measured: frames of picture per second of work, by engine and lines, e.g. {"previz:360": 14.2}. */
  speed: z.record(z.string(), z.number()),
  at: z.string(),
});
export type AgentInfo = z.infer<typeof AgentInfo>;

/** Value of `agent-control.<id>`: what an operator wants of an agent. */
export const AgentControl = z.object({ drain: z.boolean(), by: z.string().max(100), at: z.string() });
export type AgentControl = z.infer<typeof AgentControl>;
