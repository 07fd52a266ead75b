import { afterAll, vi } from "vitest";

/** Test files that read their modules once for all leave no stub, spy or false clock to the next one. */
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
