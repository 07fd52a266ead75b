/** Brings a scene of the script to the top of the page; the script view listens while it is open. */
type Listener = (sceneNumber: number) => void;

let listener: Listener | null = null;

export function showInScript(sceneNumber: number): void {
  listener?.(sceneNumber);
}

/** @returns stops listening */
export function onShowInScript(listen: Listener): () => void {
  listener = listen;
  return () => {
    if (listener === listen) listener = null;
  };
}
