/** Says from time to time that something long still goes on, so that nobody takes a quiet terminal for a stuck one. */

/**
 * @template T
 * @param {string} what  goes before the seconds: "Still installing packages"
 * @param {() => Promise<T>} work
 * @param {(text: string) => void} say
 * @param {number} everyMs
 * @returns {Promise<T>} what the work gives
 */
export async function tellWhile(what, work, say, everyMs = 15_000) {
  const begun = Date.now();
  const timer = setInterval(() => say(`${what} (${Math.round((Date.now() - begun) / 1000)} s) …`), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
