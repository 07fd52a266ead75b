/** The one time that picture, sound and marks go by: seconds from the start of the film. */
export type Clock = {
  readonly running: boolean;
  now(): number;
  start(): void;
  stop(): void;
  seek(seconds: number): void;
};

/**
 * @param seconds  how long the film is; the time never goes past it
 * @param tick  seconds of whatever goes evenly: of the sound where there is sound, so that both stay together
 */
export function createClock(seconds: number, tick: () => number): Clock {
  let at = 0;
  let since: number | null = null;
  const now = () => Math.min(seconds, since === null ? at : at + Math.max(0, tick() - since));
  return {
    get running() {
      return since !== null;
    },
    now,
    start() {
      if (since === null) since = tick();
    },
    stop() {
      at = now();
      since = null;
    },
    seek(to) {
      at = Math.min(seconds, Math.max(0, to));
      if (since !== null) since = tick();
    },
  };
}
