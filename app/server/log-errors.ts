import pino from "pino";

/**
 * How errors are written to the log: a failed query names its values (hashes of tokens, addresses, words of a script),
 * and those are nobody's business there.
 */
export function logError(error: Error): object {
  const { params: _params, ...told } = pino.stdSerializers.err(error) as Record<string, unknown>;
  const without = (text: unknown) =>
    typeof text === "string" ? text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, "") : text;
  return { ...told, message: without(told["message"]), stack: without(told["stack"]) };
}
