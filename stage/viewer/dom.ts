type Props = Record<string, string | number | boolean | null | ((event: never) => void)>;

/**
 * An element with what it has and holds. `on…` listens; true sets an attribute without a value, false and null leave it
 * out.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** 4.2 as 0:04, with tenths where wanted. */
export function clockTime(seconds: number, tenths = false): string {
  const whole = Math.floor(seconds);
  const rest = tenths ? `.${Math.floor((seconds - whole) * 10)}` : "";
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}${rest}`;
}

/** 1234567 as 1.2 MB. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
