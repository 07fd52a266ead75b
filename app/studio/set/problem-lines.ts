/** What of a set was left out, in lines for people. */

/** A panel that lists more is not read. */
const most = 4;

/**
 * @param ofPlan  sentences about what was left out of the shot's plan
 * @param ofFilm  the film's: what of its staging could not be read at all is counted, for nothing is known of it
 */
export function problemLines(ofPlan: readonly string[], ofFilm: readonly string[]): string[] {
  const unread = ofFilm.filter((problem) => problem.startsWith("staging ")).length;
  const more = ofPlan.length - most;
  return [
    ...ofPlan.slice(0, most).map((problem) => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`),
    ...(more > 0 ? [`And ${more} more.`] : []),
    ...(unread > 0
      ? [
          `${unread === 1 ? "1 item" : `${unread} items`} staged in this film could not be read and ${unread === 1 ? "was" : "were"} skipped.`,
        ]
      : []),
  ];
}
