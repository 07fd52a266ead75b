import { expect, test } from "vitest";
import type { HeldLease, Leases } from "#bus/leases.ts";
import type { Lease } from "#domain/jobs/messages/lease.ts";
import { claimLease } from "./lease.ts";

/** A bucket with a clock of its own, milliseconds since the epoch. */
function aBucket(brokerNow: () => number) {
  let kept: HeldLease | null = null;
  let revision = 0;
  let reads = 0;
  const leases: Leases = {
    read: () => {
      reads += 1;
      return Promise.resolve(kept);
    },
    write: (_, lease: Lease, over) => {
      if ((kept?.revision ?? null) !== over) return Promise.resolve(null);
      kept = { lease, revision: ++revision, writtenAt: new Date(brokerNow()) };
      return Promise.resolve(revision);
    },
  };
  return { leases, lose: () => (kept = null), held: () => kept, reads: () => reads };
}
const claimant = (agentId: string, brokerNow: () => number | null) => ({
  agentId,
  id: `claim-of-${agentId}`,
  leaseSeconds: 10,
  brokerNow,
});
const job = { jobId: "j", attemptsSoFar: 0, isFirst: true };

test("the first claim of a job asks the broker once", async () => {
  const bucket = aBucket(() => 0);
  const outcome = await claimLease(
    bucket.leases,
    job,
    claimant("a", () => 0),
  );
  expect(outcome).toMatchObject({ status: "claimed", claim: { attempt: 1 } });
  expect(bucket.reads()).toBe(0);
});

test("a lease that beats is held, however wrong the claimant's own clock is; one that is silent is not", async () => {
  let now = 1_000_000;
  const bucket = aBucket(() => now);
  await claimLease(
    bucket.leases,
    job,
    claimant("a", () => now),
  );
  now += 8000;
  expect(
    (
      await claimLease(
        bucket.leases,
        job,
        claimant("b", () => now),
      )
    ).status,
  ).toBe("held");
  // Who has not asked the broker for the time yet does not guess.
  now += 80_000;
  expect(
    (
      await claimLease(
        bucket.leases,
        job,
        claimant("b", () => null),
      )
    ).status,
  ).toBe("held");
  expect(
    await claimLease(
      bucket.leases,
      job,
      claimant("b", () => now),
    ),
  ).toMatchObject({
    status: "claimed",
    claim: { attempt: 2 },
  });
});

test("a holder puts back a lease that the broker lost, and not one that was taken from it", async () => {
  const bucket = aBucket(() => 0);
  const outcome = await claimLease(
    bucket.leases,
    job,
    claimant("a", () => 0),
  );
  if (outcome.status !== "claimed") throw new Error("held");
  bucket.lose();
  expect(await outcome.claim.renew()).toBe(true);
  const held = bucket.held()!;
  await bucket.leases.write("j", { ...held.lease, released: true }, held.revision);
  expect(await outcome.claim.renew()).toBe(false);
  const next = await claimLease(
    bucket.leases,
    { ...job, isFirst: false },
    claimant("b", () => 0),
  );
  expect(next).toMatchObject({ status: "claimed", claim: { attempt: 2 } });
});
