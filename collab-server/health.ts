/** How this process stands, for people and probes (`/healthz`) and for Prometheus (`/metrics`). */
import type { Backplane } from "./backplane.ts";
import type { EditorSocket } from "./editor-socket.ts";
import type { Metrics } from "./metrics.ts";
import type { Rooms } from "./rooms.ts";
import type { UnstoredBytes } from "./unstored-bytes.ts";

interface Watched {
  rooms: Rooms;
  sockets: ReadonlySet<EditorSocket>;
  unstored: UnstoredBytes;
  metrics: Metrics;
  backplane: Backplane;
}

export function viewHealth({ rooms, sockets, unstored, metrics, backplane }: Watched) {
  const buffered = [...sockets].map((socket) => socket.bufferedAmount);
  const open = [...rooms.all()];
  return {
    status: "ok",
    instance: backplane.instance,
    otherInstances: backplane.others,
    rooms: rooms.size,
    asleep: open.filter((room) => !room.content.isAwake).length,
    /** Documents that are read-only because they cannot be loaded whole. */
    damaged: open.filter((room) => room.content.damage !== null).map((room) => room.documentId),
    sockets: sockets.size,
    unstoredBytes: unstored.bytes,
    bufferedBytes: buffered.reduce((sum, bytes) => sum + bytes, 0),
    mostBufferedBytes: buffered.reduce((most, bytes) => Math.max(most, bytes), 0),
    ...metrics.view(),
  };
}

/** Prometheus' text form, version 0.0.4. */
export function prometheusText(watched: Watched): string {
  const { metrics } = watched;
  const health = viewHealth(watched);
  const gauges = {
    rooms: health.rooms,
    rooms_asleep: health.asleep,
    documents_damaged: health.damaged.length,
    sockets: health.sockets,
    instances: health.otherInstances + 1,
    unstored_bytes: health.unstoredBytes,
    buffered_bytes: health.bufferedBytes,
  };
  const counters = {
    edits_total: metrics.edits.total,
    failed_commits_total: metrics.failedCommits,
    refused_frames_total: metrics.refusedFrames,
    bad_frames_total: metrics.badFrames,
  };
  const lines = (kind: string, values: Record<string, number>) =>
    Object.entries(values).flatMap(([name, value]) => [
      `# TYPE backlot_collab_${name} ${kind}`,
      `backlot_collab_${name} ${value}`,
    ]);
  return [
    ...lines("gauge", gauges),
    ...lines("counter", counters),
    ...metrics.commitHistogram("backlot_collab_commit_seconds"),
    "",
  ].join("\n");
}
