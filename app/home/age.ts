const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How long ago, as people say it.
 * @param now ISO time that "ago" is counted from
 */
export function ageOf(then: string, now: string): string {
  const ms = Date.parse(now) - Date.parse(then);
  if (!(ms >= 2 * minuteMs)) return "Edited now";
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} minutes ago`;
  if (ms < dayMs) return ms < 2 * hourMs ? "1 hour ago" : `${Math.floor(ms / hourMs)} hours ago`;
  if (ms < 2 * dayMs) return "Yesterday";
  if (ms < 14 * dayMs) return `${Math.floor(ms / dayMs)} days ago`;
  if (ms < 60 * dayMs) return `${Math.floor(ms / (7 * dayMs))} weeks ago`;
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(then));
}
