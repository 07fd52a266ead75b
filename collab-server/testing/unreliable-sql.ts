/**
 * A real Postgres behind a bad line, as one server sees it: statements take their time on the way there and back, answers
 * get lost after the commit, and when the server is killed nothing of it arrives any more, while what Postgres had
 * received is done.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "#db/client.ts";

export interface SqlWeather {
  /** How long a statement is on its way to Postgres, and its answer back, ms. */
  delayMs: (isAppend: boolean) => { there: number; back: number };
  /** Whether the statement, or its answer, gets lost. */
  loses: (isAppend: boolean) => "nothing" | "statement" | "answer";
}

export interface UnreliableSql {
  sql: Sql;
  /** From now on nothing is sent and nothing answered. */
  kill: () => void;
}

export function unreliableSql(real: Sql, weather: SqlWeather): UnreliableSql {
  let isKilled = false;
  const never = new Promise<never>(() => {});
  const carry = async <T>(isAppend: boolean, send: () => PromiseLike<T>): Promise<T> => {
    const { there, back } = weather.delayMs(isAppend);
    const lost = weather.loses(isAppend);
    if (there > 0) await sleep(there);
    if (isKilled) return never;
    if (lost === "statement") throw connectionLost();
    const outcome = await Promise.resolve(send()).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if (back > 0) await sleep(back);
    if (isKilled) return never;
    if (lost === "answer") throw connectionLost();
    if ("error" in outcome) throw outcome.error;
    return outcome.answer;
  };
  const sql = new Proxy(real, {
    apply: (target, self, args: unknown[]) => {
      const call = () => Reflect.apply(target, self, args) as PromiseLike<unknown>;
      const [strings] = args;
      // What is no template is a fragment of a statement, not a statement.
      if (!Array.isArray(strings) || !("raw" in strings)) return call();
      return carry(strings.join("?").includes("insert into film_updates"), call);
    },
    get: (target, name) => {
      if (name !== "begin") return Reflect.get(target, name) as unknown;
      return (work: Parameters<Sql["begin"]>[1]) => carry(false, () => target.begin(work));
    },
  });
  return { sql, kill: () => (isKilled = true) };
}

function connectionLost(): Error {
  return Object.assign(new Error("the connection to Postgres got lost"), { code: "CONNECTION_CLOSED" });
}
