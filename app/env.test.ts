import { expect, test } from "vitest";
import { EnvError, loadEnv } from "./env.ts";

const enough = {
  DATABASE_URL: "postgres://u:p@127.0.0.1:5432/backlot",
  NATS_URL: "nats://127.0.0.1:4222",
  SESSION_SECRET: "a secret that is long enough",
  BACKLOT_DATA: "/tmp/somewhere",
};

function problemsOf(source: Record<string, string>): string[] {
  try {
    loadEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

test("what is not said has its default", () => {
  const env = loadEnv({ ...enough, COLLAB_URL: "" });
  expect(env).toMatchObject({ port: 3000, host: "127.0.0.1", publicUrl: "http://127.0.0.1:3000", mode: "production" });
  expect(env.store).toMatchObject({ folder: "/tmp/somewhere/assets", publicUrl: "http://127.0.0.1:3000" });
  expect(env.collabUrl).toBeUndefined();
});

test("every problem is listed at once", () => {
  const problems = problemsOf({ PORT: "lots", SESSION_SECRET: "short", NATS_URL: "nats://x" }).join("\n");
  for (const name of ["PORT", "SESSION_SECRET", "DATABASE_URL"]) expect(problems).toContain(name);
});

test("a half-set bucket is said, a whole one wins over the folder", () => {
  expect(problemsOf({ ...enough, S3_BUCKET: "films" })).toEqual([
    "S3 is half set: S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY missing",
  ]);
  const env = loadEnv({
    ...enough,
    S3_BUCKET: "films",
    S3_ACCESS_KEY_ID: "a",
    S3_SECRET_ACCESS_KEY: "b",
    S3_ENDPOINT: "http://127.0.0.1:9000",
  });
  expect(env.store.s3).toMatchObject({ bucket: "films", forcePathStyle: true });
});

test("a language model is where it is said to be, or said to be half set", () => {
  expect(loadEnv(enough).llm).toBeUndefined();
  expect(problemsOf({ ...enough, LLM_API_KEY: "k" })).toEqual(["LLM is half set: LLM_BASE_URL, LLM_MODEL missing"]);
  expect(problemsOf({ ...enough, LLM_BASE_URL: "models.example", LLM_MODEL: "m" })[0]).toContain("LLM_BASE_URL");
  expect(loadEnv({ ...enough, LLM_BASE_URL: "http://127.0.0.1:8080/v1/", LLM_MODEL: "m" }).llm).toEqual({
    baseUrl: "http://127.0.0.1:8080/v1",
    model: "m",
    timeoutSeconds: 60,
  });
});
