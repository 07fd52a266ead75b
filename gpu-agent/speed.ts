import type { RenderRequest } from "#domain/jobs/messages/render-request.ts";

/** Frames of picture per second of work, by engine and lines: a moving average of what this agent has done. */
export type Speed = {
  add: (engineId: string, request: RenderRequest, seconds: number) => void;
  values: () => Record<string, number>;
};

const weightOfNewest = 0.3;

export function openSpeed(): Speed {
  const known = new Map<string, number>();
  return {
    add: (engineId, request, seconds) => {
      if (request.role !== "video" || seconds <= 0) return;
      const key = `${engineId}:${request.height}`;
      const before = known.get(key);
      const now = request.frames / seconds;
      known.set(key, before === undefined ? now : before + (now - before) * weightOfNewest);
    },
    values: () => Object.fromEntries([...known].map(([key, value]) => [key, Math.round(value * 10) / 10])),
  };
}
