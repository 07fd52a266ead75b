import { type HeldLease, type Leases } from "#bus/leases.ts";

/** An agent's claim to one attempt of one job. The revision it last wrote is its fence. */
export type Claim = {
  attempt: number;
  /** Its nonce: what is said about the attempt carries it. */
  id: string;
  /** @returns false when another holds the lease now: stop at once. @throws when the broker cannot be asked */
  renew: () => Promise<boolean>;
  /** Lets the next one claim without waiting for silence. */
  release: () => Promise<void>;
};

export type ClaimOutcome = { status: "claimed"; claim: Claim } | { status: "held"; byAgentId: string };

/** A holder that has not renewed for this share of the lease is taken for dead; its renewals come at a third. */
const patience = 0.9;

export type Claimant = {
  agentId: string;
  /** Of this claim and no other. */
  id: string;
  leaseSeconds: number;
  /** Milliseconds since the epoch by the broker's clock, which stamps leases; null while it is not known. */
  brokerNow: () => number | null;
};

/** @param job  `isFirst`: nobody is likely to have claimed it before */
export async function claimLease(
  leases: Leases,
  job: { jobId: string; attemptsSoFar: number; isFirst: boolean },
  claimant: Claimant,
): Promise<ClaimOutcome> {
  const { agentId, id, leaseSeconds } = claimant;
  let attempt = job.attemptsSoFar + 1;
  const write = (over: number | null, released = false) =>
    leases.write(
      job.jobId,
      { agentId, attempt, claim: id, at: new Date().toISOString(), ...(released ? { released } : {}) },
      over,
    );
  let revision = job.isFirst ? await write(null) : null;
  if (revision === null) {
    const before = await leases.read(job.jobId);
    if (before !== null && isHeldByAnother(before, claimant, leaseSeconds))
      return { status: "held", byAgentId: before.lease.agentId };
    attempt = Math.max(before?.lease.attempt ?? 0, job.attemptsSoFar) + 1;
    revision = await write(before?.revision ?? null);
  }
  if (revision === null) return { status: "held", byAgentId: "another" };

  /** The broker may have lost its store: an absent lease is ours to put back, another's is not. */
  const regain = async (): Promise<number | null> => {
    const found = await leases.read(job.jobId);
    if (found === null) return write(null);
    // The same agent with the same number may be another slot of it; one marked released was taken from us.
    return found.lease.claim === id && found.lease.released !== true ? write(found.revision) : null;
  };
  return {
    status: "claimed",
    claim: {
      attempt,
      id,
      renew: async () => {
        if (revision === null) return false;
        revision = (await write(revision)) ?? (await regain());
        return revision !== null;
      },
      release: async () => {
        if (revision !== null) await write(revision, true);
        revision = null;
      },
    },
  };
}

function isHeldByAnother(held: HeldLease, claimant: Claimant, leaseSeconds: number): boolean {
  if (held.lease.released === true || held.lease.agentId === claimant.agentId) return false;
  const now = claimant.brokerNow();
  return now === null || now - held.writtenAt.getTime() < leaseSeconds * 1000 * patience;
}
