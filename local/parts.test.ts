import { expect, test } from "vitest";
import { readSettings, SettingsError } from "./env.ts";
import { describeParts } from "./parts.ts";

const addresses = {
  databaseUrl: "postgres://u:p@127.0.0.1:1/backlot",
  natsUrl: "nats://u:p@127.0.0.1:2",
  sessionSecret: "s".repeat(32),
  appPort: 3,
  collabPort: 4,
};
const own = {
  PATH: "/bin",
  npm_config_cache: "/c",
  S3_BUCKET: "b",
  S3_ACCESS_KEY_ID: "i",
  S3_SECRET_ACCESS_KEY: "k",
  LLM_BASE_URL: "http://l",
  LLM_API_KEY: "l",
  LLM_MODEL: "m",
  CHROMIUM_PATH: "/usr/bin/chromium",
  AGENTS: "2",
};

test("every process names itself in its last argument, and there are as many agents as asked for", () => {
  const parts = describeParts(readSettings(own), addresses, "production", "/r");
  expect(parts.map((part) => part.args.at(-1))).toEqual(["collab", "director", "app", "agent", "agent"]);
  expect(parts.map((part) => part.name)).toEqual(["collab", "director", "app", "agent-1", "agent-2"]);
});

test("an agent gets no credentials of the database, the bucket or the language model", () => {
  const agent = describeParts(
    readSettings({ ...own, DATABASE_URL: addresses.databaseUrl }),
    addresses,
    "production",
    "/r",
  ).at(-1);
  const known = JSON.stringify(agent?.env);
  expect(known).not.toMatch(/postgres:|S3_|SESSION_SECRET|LLM_|ssssssss/);
  expect(agent?.env).toMatchObject({ NATS_URL: addresses.natsUrl, CHROMIUM_PATH: "/usr/bin/chromium", PATH: "/bin" });
});

test("the app listens inside on a port of its own and is told the studio's public address", () => {
  const app = describeParts(readSettings({ PORT: "8080" }), addresses, "production", "/r").find(
    (part) => part.name === "app",
  );
  expect(app?.env).toMatchObject({
    PORT: "3",
    HOST: "127.0.0.1",
    COLLAB_PORT: "4",
    PUBLIC_URL: "http://127.0.0.1:8080",
  });
});

test("every problem of the environment is told at once", () => {
  const read = () => readSettings({ PORT: "eighty", S3_BUCKET: "b", LLM_MODEL: "m", SESSION_SECRET: "short" });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(
    /PORT[^]*SESSION_SECRET[^]*S3_BUCKET is set, but S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY not[^]*LLM_MODEL is set/,
  );
});

test("a variable that is set to nothing counts as not set", () => {
  expect(readSettings({ PORT: "", S3_BUCKET: " ", DATABASE_URL: "" })).toMatchObject({ port: 3000, agents: 1 });
});
