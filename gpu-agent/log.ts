import pino from "pino";

export type Log = pino.Logger;

export function openLog(level: string, name = "agent"): Log {
  return pino({ level, name, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
}
