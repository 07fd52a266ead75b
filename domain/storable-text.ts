/**
 * Postgres takes no NUL in text, UTF-8 no half of a surrogate pair. What comes in with either is refused at the border;
 * what people put into a document with either loses it on its way into a row.
 */
const unstorable = /[\0\p{Surrogate}]/u;

export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}

/** The same value, its texts without what cannot be stored. @param value JSON */
export function storable<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === "string") return isStorable(value) ? value : value.replace(/[\0\p{Surrogate}]/gu, "");
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clean(each)]));
}
