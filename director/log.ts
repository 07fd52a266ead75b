import { type Logger, pino, stdTimeFunctions } from "pino";

export type Log = Logger;

export function openLog(level: string): Log {
  return pino({ level, name: "director", timestamp: stdTimeFunctions.isoTime });
}
