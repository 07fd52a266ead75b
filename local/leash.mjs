/**
 * Loaded into every process that the studio starts (`node --import`), before its own code. The studio talks to its
 * processes over an IPC channel; when that closes, the studio is gone, however it went, SIGKILL included, and the
 * process must go too. It is asked the usual way first (SIGTERM, so it cleans up after itself), then, after a few
 * seconds, its whole group is ended, browsers and encoders it may have started with it.
 *
 * Without a channel (`npm run start:agent` on a GPU host) this does nothing.
 */
const graceMs = 5000;

if (process.channel) {
  process.once("SIGTERM", () => {
    // The channel keeps a process alive; one that has closed everything else should be able to end by itself.
    process.channel?.unref();
    if (process.listenerCount("SIGTERM") === 0) process.exit(0);
  });
  process.once("disconnect", () => {
    process.once("exit", endGroup);
    setTimeout(endGroup, graceMs).unref();
    process.kill(process.pid, "SIGTERM");
  });
}

/** The studio made this process the leader of a group of its own, so the group's id is ours. */
function endGroup() {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.exit(1);
  }
}
