import { setTimeout as sleep } from "node:timers/promises";
import { headers } from "nats";
import { requestCancel } from "#db/queries/jobs.ts";
import { jobsStream, subjects } from "#domain/jobs/subjects.ts";
import type { Fault } from "./fault.ts";
import type { Heard, Scene } from "./scene.ts";

/** Where a job can be when somebody calls it off, as a condition on its row. */
const phases = {
  queued: "state = 'queued' and released_at is null and attempt = 0",
  released: "state = 'queued' and released_at is not null",
  "waiting for its retry": "state = 'queued' and attempt > 0 and released_at is null",
  leased: "state = 'leased'",
  running: "state = 'running'",
  uploading: "state = 'uploading'",
} as const;

/** Things people and networks do at the wrong moment: calling off, saying things twice, saying nonsense. */
export const pokes: readonly Fault[] = [
  ...Object.entries(phases).map(([phase, condition]) => ({
    name: `called off while ${phase}`,
    strike: (scene: Scene) => callOff(scene, phase, condition),
  })),
  { name: "job message twice", strike: repeatJob },
  { name: "result twice", strike: ({ heard, ...scene }) => repeat(scene, heard.results) },
  { name: "old progress again", strike: ({ heard, ...scene }) => repeat(scene, heard.progress) },
  { name: "rubbish from the broker", strike: saysRubbish },
  { name: "job message nobody can read", strike: newerMessage },
  { name: "request nobody can read", strike: poisonRequest },
];

async function callOff(scene: Scene, phase: string, condition: string): Promise<boolean> {
  const { ground, calledOff, random } = scene;
  const id = await findJob(scene, condition, 1500);
  if (id === null) return false;
  calledOff.set(id, { phase, answered: null });
  try {
    const answer = await requestCancel(ground.handle.db, id);
    calledOff.set(id, { phase, answered: answer.state });
    // Impatient people ask twice.
    if (random() < 0.3) await requestCancel(ground.handle.db, id);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== "job/wrong-state") throw error;
    if (calledOff.get(id)?.answered === null) calledOff.delete(id);
    return false;
  }
}

/** Phases are short: looks again and again for a while. */
async function findJob({ ground, calledOff }: Scene, condition: string, withinMs: number): Promise<string | null> {
  const deadline = Date.now() + withinMs;
  do {
    const rows = await ground.handle.sql.unsafe<{ id: string }[]>(
      `select id from jobs where finished_at is null and ${condition} order by random() limit 1`,
    );
    const id = rows[0]?.id;
    if (id !== undefined && !calledOff.has(id)) return id;
    await sleep(15);
  } while (Date.now() < deadline);
  return null;
}

async function repeatJob({ nc, random }: Scene): Promise<boolean> {
  const manager = await nc.jetstreamManager({ checkAPI: false });
  const { state } = await manager.streams.info(jobsStream);
  if (state.messages === 0) return false;
  const from = state.first_seq + Math.floor(random() * (state.last_seq - state.first_seq + 1));
  const message = await manager.streams
    .getMessage(jobsStream, { seq: from, next_by_subj: subjects.allJobs } as unknown as { seq: number })
    .catch(() => null);
  if (message === null) return false;
  const head = headers();
  head.set("Backlot-Job", message.header.get("Backlot-Job"));
  await nc.jetstream().publish(message.subject, message.data, { headers: head });
  return true;
}

async function repeat({ nc, random }: Omit<Scene, "heard">, from: readonly Heard[]): Promise<boolean> {
  const message = from[Math.floor(random() * from.length)];
  if (message === undefined) return false;
  nc.publish(message.subject, message.data);
  await nc.flush();
  return true;
}

async function saysRubbish({ nc, random }: Scene): Promise<boolean> {
  const rubbish = [new Uint8Array([0xff, 0, 0x7b]), new TextEncoder().encode('{"v":2,"jobId":5}')];
  const data = rubbish[Math.floor(random() * rubbish.length)]!;
  const places = [
    "gpu.job.video.interactive.nobody",
    "gpu.result.nobody.nothing",
    "gpu.progress.nobody.nothing",
    "gpu.cancel.nothing",
    subjects.sign,
  ];
  nc.publish(places[Math.floor(random() * places.length)]!, data);
  await nc.flush();
  return true;
}

/** A director of a newer version has released a job: the agents of this one cannot read what it says. */
async function newerMessage(scene: Scene): Promise<boolean> {
  const { ground, nc, poisoned } = scene;
  const id = await findJob(scene, phases.queued, 500);
  if (id === null) return false;
  const rows = await ground.handle.sql<{ lane: "interactive" | "batch"; workspace: string }[]>`
    update jobs set released_at = now() where id = ${id} and state = 'queued' and released_at is null
    returning lane, workspace_id as workspace`;
  const row = rows[0];
  if (row === undefined) return false;
  poisoned.add(id);
  const head = headers();
  head.set("Backlot-Job", id);
  const message = new TextEncoder().encode(JSON.stringify({ v: 99, jobId: id, whatever: "comes next" }));
  await nc.jetstream().publish(subjects.job("video", row.lane, row.workspace), message, { headers: head });
  return true;
}

async function poisonRequest(scene: Scene): Promise<boolean> {
  const { ground, poisoned } = scene;
  const id = await findJob(scene, phases.queued, 500);
  if (id === null) return false;
  const rows = await ground.handle.sql`
    update jobs set request = jsonb_set(request, '{role}', '"hologram"')
    where id = ${id} and state = 'queued' and released_at is null returning id`;
  if (rows.length > 0) poisoned.add(id);
  return rows.length > 0;
}
