/** Brings a line of the script to the top of the page; the script view listens while it is open. */
type Listener = (line: number) => void;

let listener: Listener | null = null;

/** @param line from 0 */
export function showInScript(line: number): void {
  listener?.(line);
}

/** @returns stops listening */
export function onShowInScript(listen: Listener): () => void {
  listener = listen;
  return () => {
    if (listener === listen) listener = null;
  };
}
