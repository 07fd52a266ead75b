import { useSyncExternalStore } from "react";

/** Small things this browser remembers; without storage they are simply forgotten. */
const prefix = "backlot:";
const watchers = new Set<() => void>();

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
  for (const watcher of watchers) watcher();
}

/** What is remembered, now and whenever that changes in this tab; null for nothing. */
export function useRecalled(name: string): string | null {
  return useSyncExternalStore(
    watch,
    () => recall(name),
    () => null,
  );
}

/** Whether it is remembered, now and whenever that changes in this tab. */
export function useRemembered(name: string): boolean {
  return useSyncExternalStore(
    watch,
    () => isRemembered(name),
    () => false,
  );
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
