/** What one socket, one room and one process may use. Bytes and milliseconds. */
export const limits = {
  /** Edits of a busy room are gathered this long; the first edit of a quiet room leaves at once. */
  gatherMs: 16,
  /** Cursors are gathered this long, which holds every client to 30/s with the latest winning. */
  awarenessGatherMs: 33,
  /** A commit that takes longer no longer holds back what others see; the acknowledgement still waits. */
  lateCommitMs: 250,
  /** Largest frame a client may send. */
  maxFrameBytes: 16 * 1024 * 1024,
  /** A cursor larger than this is not taken; the client's last one stays. */
  maxAwarenessBytes: 4 * 1024,
  maxEphemeralBytes: 8 * 1024,
  /** Token bucket per socket: reading pauses when it is empty. */
  framesPerSecond: 120,
  frameBurst: 1200,
  /** Above this nothing more is sent to a socket until it has drained; then it gets what it missed. */
  softBufferedBytes: 1024 * 1024,
  drainedBytes: 64 * 1024,
  /** Above this, or behind for this long, it is closed. What a join sends comes on top. */
  hardBufferedBytes: 8 * 1024 * 1024,
  behindMs: 30_000,
  /** Largest row of the log; what waited longer than that is split. */
  maxRowBytes: 4 * 1024 * 1024,
  /** While Postgres is away, a room that holds this much unstored stops reading from its sockets. */
  maxUnstoredBytes: 32 * 1024 * 1024,
  compactRows: 500,
  compactTailBytes: 256 * 1024,
  compactionRetryMs: 30_000,
  /** Up to this much is merged on the main thread for a join; above it snapshot and tail go out as they lie. */
  mergeOnJoinBytes: 256 * 1024,
  unloadAfterMs: 60_000,
  indexEveryMs: 5000,
  /** Above this the title is looked at less often: that loads the document. */
  largeDocumentBytes: 1024 * 1024,
  /** Clients renew their cursor every 15 s; one that did not for this long is gone. */
  awarenessTimeoutMs: 30_000,
  /** A socket that neither sent nor answered a ping for this long is dead. */
  silentMs: 75_000,
  pingEveryMs: 25_000,
  maxSockets: 20_000,
  maxSocketsPerRoom: 500,
  sweepMs: 1000,
  /** How long a process that is told to stop waits for Postgres to take what is gathered. */
  settleOnStopMs: 2500,
} as const;
