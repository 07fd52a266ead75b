/** Small things this browser remembers; without storage they are simply forgotten. */
const prefix = "backlot:";

export function isRemembered(name: string): boolean {
  return recall(name) !== null;
}

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value = "1"): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Storage is switched off or full; nothing depends on it.
  }
}
