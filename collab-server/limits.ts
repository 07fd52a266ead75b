/** What one socket, one room and one process may use. Bytes and milliseconds. */
export const limits = {
  /** Edits of a busy room are gathered this long; the first edit of a quiet room leaves at once. */
  gatherMs: 16,
  /** And for so long while the process was busy for more than this share of the last second. */
  gatherWhenBusyMs: 33,
  busyShare: 0.5,
  /** A room is quiet when nothing left it for this long: three windows, so that a busy one is not taken for quiet. */
  quietMs: 48,
  /** Cursors, drags and news of jobs are gathered this long, the latest winning: every client at most 30/s. */
  passingGatherMs: 33,
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
  bytesPerSecond: 512 * 1024,
  byteBurst: 32 * 1024 * 1024,
  shortestHoldMs: 100,
  /** A socket that has to be held back more than half of the time, after a minute's grace, is closed. */
  heldMsPerSecond: 500,
  mostHeldMs: 60_000,
  /** Above this nothing more is sent to a socket until it has drained; then it gets what it missed. */
  softBufferedBytes: 1024 * 1024,
  drainedBytes: 64 * 1024,
  /** A larger message goes out in fragments of this size, each once the network took the one before. */
  sliceBytes: 128 * 1024,
  /** Above this, or without any progress for this long, it is closed. */
  hardBufferedBytes: 8 * 1024 * 1024,
  behindMs: 30_000,
  /** Largest row of the log; what waited longer than that is split. */
  maxRowBytes: 4 * 1024 * 1024,
  /** While Postgres is away, a room that holds this much unstored stops reading from its sockets. */
  maxUnstoredBytes: 32 * 1024 * 1024,
  /** And when all rooms together hold this much, none reads on. */
  maxUnstoredBytesOfAll: 256 * 1024 * 1024,
  /** A film of this size takes deletes only. */
  maxDocumentBytes: 64 * 1024 * 1024,
  compactRows: 500,
  compactTailBytes: 256 * 1024,
  compactionRetryMs: 30_000,
  /** Up to this much is merged on the main thread for a join; above it snapshot and tail go out as they lie. */
  mergeOnJoinBytes: 256 * 1024,
  unloadAfterMs: 60_000,
  /** Of rooms that nobody is in, so many are kept for who comes back; the others are put away sooner. */
  maxUnusedRooms: 200,
  /** But never before who only loads the page anew is back. */
  unloadAtLeastAfterMs: 2000,
  putAwayTogether: 8,
  /** So many rooms put away leave enough behind to be worth collecting, once nothing was edited for a moment. */
  collectAfterRooms: 100,
  collectAfterQuietMs: 12_000,
  /** A room with people in it and no edits lets go of the document after this long. */
  hibernateAfterMs: 60_000,
  rowsAsleep: 50,
  /** The title is looked at when nothing was edited for a moment, and now and then when that never comes: it takes loading
   * the document. */
  indexAfterQuietMs: 2000,
  indexEveryMs: 60_000,
  /** Clients renew their cursor every 15 s; one that did not for this long is gone. */
  awarenessTimeoutMs: 30_000,
  /** A socket that neither sent nor answered a ping for this long is dead. */
  silentMs: 75_000,
  pingEveryMs: 25_000,
  maxSockets: 20_000,
  maxSocketsPerRoom: 500,
  maxSocketsPerWorkspace: 4000,
  /** A gap in the positions is read from the log when the missing row has not come by then. */
  gapMs: 150,
  /** How often the heads of the logs are compared with ours: what other instances said may have got lost. */
  headCheckMs: 20_000,
  headCheckWithoutBrokerMs: 1000,
  /** Instances say this often that they live; one that was silent for so long is gone. */
  aliveMs: 1000,
  lostAfterMs: 3500,
  /** A role is believed this long; changes are told over NATS, which may lose them. */
  roleCheckMs: 300_000,
  sweepMs: 1000,
  /** How long a process that is told to stop waits for Postgres to take what is gathered. */
  settleOnStopMs: 2300,
  goodbyeSpreadMs: 600,
} as const;
