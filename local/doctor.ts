import fs from "node:fs";
import path from "node:path";
import { connect } from "nats";
import postgres from "postgres";
import { readSettings, type Settings, SettingsError } from "./env.ts";
import { acceptsConnections } from "./ports.ts";
import {
  commandFor,
  familyOf,
  findPrograms,
  purposes,
  readRights,
  readSystem,
  variables,
  wrongPaths,
} from "./programs.mjs";
import { askReadiness } from "./readiness.ts";

/** `npm run doctor`: what is configured, reachable and missing, with the mend for each. Changes nothing. */
type Finding = { state: "good" | "note" | "bad"; what: string; mend?: string };

const marks = { good: "ok     ", note: "note   ", bad: "MISSING" };

const found = await examine();
for (const { state, what, mend } of found) {
  process.stdout.write(`${marks[state]}  ${what}\n`);
  if (mend !== undefined) process.stdout.write(`         → ${mend}\n`);
}
const bad = found.filter((finding) => finding.state === "bad").length;
process.stdout.write(bad === 0 ? "\nNothing is in the way of a studio.\n" : `\n${bad} to mend.\n`);
process.exitCode = bad === 0 ? 0 : 1;

async function examine(): Promise<Finding[]> {
  if (fs.existsSync(".env")) process.loadEnvFile(".env");
  const machine = [checkNode(), ...checkPrograms()];
  let settings: Settings;
  try {
    settings = readSettings();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return [
      ...machine,
      ...error.problems.map((what): Finding => ({ state: "bad", what, mend: "correct it, or unset it" })),
    ];
  }
  return [
    ...machine,
    await checkPostgres(settings),
    await checkNats(settings),
    await checkStore(settings),
    checkDataFolder(settings),
    checkModel(settings),
    ...(await checkStudio(settings)),
  ];
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const fine = major > 20 || (major === 20 && minor >= 19);
  const what = `Node ${process.versions.node}`;
  return fine
    ? { state: "good", what }
    : { state: "bad", what, mend: "install Node 20.19 or newer from https://nodejs.org" };
}

function checkPrograms(): Finding[] {
  const wrong = wrongPaths().map((what): Finding => ({ state: "bad", what, mend: "correct the variable or unset it" }));
  const places = findPrograms();
  const names = Object.keys(purposes) as (keyof typeof purposes)[];
  return [
    ...wrong,
    ...names.flatMap((name): Finding[] => {
      if (wrong.some(({ what }) => what.startsWith(variables[name]))) return [];
      const place = places[name];
      if (place !== null) return [{ state: "good", what: `${name}: ${place}` }];
      const command = commandFor(familyOf(readSystem()), [name], readRights().isRoot);
      return [{ state: "bad", what: `${name} (it ${purposes[name]})`, mend: `${command}, or set ${variables[name]}` }];
    }),
  ];
}

async function checkPostgres({ databaseUrl }: Settings): Promise<Finding> {
  if (databaseUrl === undefined)
    return { state: "good", what: "Postgres: the studio starts its own (DATABASE_URL is not set)" };
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const [row] = await sql<{ version: string }[]>`show server_version`;
    const version = Object.values(row ?? {})[0] ?? "?";
    if (Number.parseInt(version, 10) < 15)
      return { state: "bad", what: `Postgres ${version}`, mend: "use version 15 or newer" };
    return { state: "good", what: `Postgres ${version} at ${withoutPassword(databaseUrl)}` };
  } catch (error) {
    const what = `Postgres at ${withoutPassword(databaseUrl)}: ${reason(error)}`;
    return { state: "bad", what, mend: "correct DATABASE_URL, or unset it and the studio starts its own" };
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function checkNats({ natsUrl, passedOn }: Settings): Promise<Finding> {
  if (natsUrl === undefined) return { state: "good", what: "NATS: the studio starts its own (NATS_URL is not set)" };
  if (passedOn["NATS_CREDS"] !== undefined && !fs.existsSync(passedOn["NATS_CREDS"])) {
    return {
      state: "bad",
      what: `NATS_CREDS: there is no ${passedOn["NATS_CREDS"]}`,
      mend: "point it at the .creds file",
    };
  }
  try {
    const address = new URL(natsUrl.split(",")[0] ?? "");
    const login =
      address.username === ""
        ? {}
        : { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) };
    const connection = await connect({ servers: address.host, timeout: 5000, maxReconnectAttempts: 0, ...login });
    const jetstream = await connection.jetstreamManager().then(
      () => true,
      () => false,
    );
    await connection.close();
    if (!jetstream)
      return { state: "bad", what: `NATS at ${address.host} has no JetStream`, mend: "start it with -js" };
    return { state: "good", what: `NATS with JetStream at ${address.host}` };
  } catch (error) {
    const what = `NATS at ${withoutPassword(natsUrl)}: ${reason(error)}`;
    return { state: "bad", what, mend: "correct NATS_URL and NATS_CREDS, or unset them and the studio starts its own" };
  }
}

async function checkStore({ passedOn, dataFolder }: Settings): Promise<Finding> {
  const bucket = passedOn["S3_BUCKET"];
  if (bucket === undefined)
    return { state: "good", what: `Assets: on disk in ${path.join(dataFolder, "assets")} (S3_* is not set)` };
  const endpoint = passedOn["S3_ENDPOINT"];
  if (endpoint === undefined) return { state: "good", what: `Assets: bucket ${bucket} at AWS` };
  const { hostname, port, protocol } = new URL(endpoint);
  const reached = await acceptsConnections(
    Number(port === "" ? (protocol === "https:" ? 443 : 80) : port),
    hostname,
    3000,
  );
  if (reached) return { state: "good", what: `Assets: bucket ${bucket} at ${endpoint}` };
  return {
    state: "bad",
    what: `Assets: ${endpoint} does not answer`,
    mend: "correct S3_ENDPOINT, or unset S3_* to keep assets on disk",
  };
}

function checkDataFolder({ dataFolder }: Settings): Finding {
  const nearest = [dataFolder, path.dirname(dataFolder)].find((folder) => fs.existsSync(folder));
  try {
    fs.accessSync(nearest ?? "/", fs.constants.W_OK);
  } catch {
    return {
      state: "bad",
      what: `The data folder ${dataFolder} can't be written`,
      mend: "set BACKLOT_DATA to one that can",
    };
  }
  const { bavail, bsize } = fs.statfsSync(nearest ?? "/");
  const free = (bavail * bsize) / 1e9;
  const what = `The data folder ${dataFolder}, ${free.toFixed(1)} GB free`;
  return free < 1
    ? { state: "note", what, mend: "films need room: free some space, or set BACKLOT_DATA" }
    : { state: "good", what };
}

function checkModel({ passedOn }: Settings): Finding {
  const url = passedOn["LLM_BASE_URL"];
  if (url !== undefined) return { state: "good", what: `Language model: ${passedOn["LLM_MODEL"]} at ${url}` };
  const mend = "set LLM_BASE_URL and LLM_MODEL to any OpenAI-compatible server";
  return { state: "note", what: "No language model: episodes and generations are planned by rules alone", mend };
}

async function checkStudio({ port, host }: Settings): Promise<Finding[]> {
  const target = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  if (!(await acceptsConnections(port, target))) {
    return [{ state: "note", what: `No studio runs on port ${port}`, mend: "npm start" }];
  }
  const { ready, waitingFor } = await askReadiness(`http://${target}:${port}`);
  if (ready) return [{ state: "good", what: `A studio runs on port ${port}, and all of it answers` }];
  const mend = `look into the logs folder, or, if port ${port} is another program's: PORT=${port + 1} npm start`;
  return [{ state: "bad", what: `Something on port ${port}; does not answer: ${waitingFor.join(", ")}`, mend }];
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//");
}

function reason(error: unknown): string {
  return error instanceof Error && error.message !== "" ? error.message : String(error);
}
