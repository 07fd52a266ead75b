import { createReadStream, createWriteStream } from "node:fs";
import { rename, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bus } from "#bus/connection.ts";
import { ask } from "#bus/messages.ts";
import type { Artifact } from "#domain/jobs/messages/artifact.ts";
import type { SignRequest } from "#domain/jobs/messages/signing.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { SignReply } from "#domain/jobs/messages/signing.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { RenderedFile } from "../engine-messages.ts";
import { isDiskFull, OutsideError } from "../failures.ts";
import { hashFile } from "./hash-file.ts";

/** Whose lease vouches for a transfer. */
export type Holder = { jobId: string; attempt: number; claim: string; agentId: string };

/** The director says no: the lease has passed to another, or the asset is not the project's. */
export class Refused extends Error {}

const tries = 6;
const firstPauseMs = 300;

/**
 * Brings one rendered file into the store.
 * @throws Refused; Error when the store cannot be reached after several tries
 */
export async function uploadFile(bus: Bus, holder: Holder, file: RenderedFile, signal: AbortSignal): Promise<Artifact> {
  const { sha256, bytes } = await hashFile(file.path);
  const artifact = {
    role: file.role,
    name: file.name ?? file.role,
    sha256,
    bytes,
    contentType: file.contentType,
    meta: file.meta,
  };
  await persist(signal, async () => {
    const { role, contentType } = file;
    const reply = await sign(bus, holder, { op: "put", sha256, bytes, contentType, role });
    if (reply.status === "present") return;
    const response = await fetch(reply.url, {
      method: "PUT",
      headers: { ...reply.headers, "content-length": String(bytes) },
      body: Readable.toWeb(createReadStream(file.path)) as ReadableStream,
      duplex: "half",
      signal,
    } as RequestInit);
    if (!response.ok)
      throw new OutsideError(
        "The file store did not take what was rendered.",
        `PUT answered ${response.status}: ${(await response.text()).slice(0, 500)}`,
      );
    await response.body?.cancel();
  });
  return artifact;
}

/**
 * Fetches an input of a job into `folder`.
 * @returns its path; the ending is the stored one's
 * @throws Refused; Error when it cannot be had after several tries
 */
export async function downloadAsset(
  bus: Bus,
  holder: Holder,
  assetId: string,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  let target = path.join(folder, `input-${assetId}`);
  await persist(signal, async () => {
    const reply = await sign(bus, holder, { op: "get", assetId });
    if (reply.status === "present") throw new Refused("an input cannot be present");
    target = path.join(folder, `input-${assetId}${path.extname(new URL(reply.url).pathname)}`);
    if (await exists(target)) return;
    const response = await fetch(reply.url, { headers: reply.headers, signal });
    if (!response.ok || response.body === null)
      throw new OutsideError(
        "The file store did not give a file that the job needs.",
        `GET answered ${response.status}`,
      );
    await pipeline(
      Readable.fromWeb(response.body as import("node:stream/web").ReadableStream),
      createWriteStream(`${target}.part`),
    );
    await rename(`${target}.part`, target);
  });
  return target;
}

async function sign(bus: Bus, holder: Holder, want: SignRequest["want"]) {
  const reply = await ask(
    bus,
    subjects.sign,
    { v: protocolVersion, ...holder, want } satisfies SignRequest,
    SignReply,
    5000,
  );
  if (reply.status === "refused") throw new Refused(reply.reason);
  return reply;
}

async function persist(signal: AbortSignal, attempt: () => Promise<void>): Promise<void> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Refused || isDiskFull(error) || signal.aborted || count === tries) throw error;
    }
    await sleep(firstPauseMs * 2 ** (count - 1) * (0.5 + Math.random()), undefined, { signal });
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}
