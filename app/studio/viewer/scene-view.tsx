import { useEffect, useRef, useState } from "react";
import type { Viewer } from "#stage/viewer/player.ts";
import "./scene-view.css";

export interface SceneViewProps {
  /** From the page's address: it opens one scene. */
  viewKey: string;
  title: string;
  posterUrl: string | null;
  filmUrl: string;
}

/** A scene for whoever has its link. What plays it knows nothing of this page; until it is here, its poster stands. */
export function SceneView({ viewKey, title, posterUrl, filmUrl }: SceneViewProps) {
  const root = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let viewer: Viewer | null = null;
    let gone = false;
    const open = async () => {
      const [{ openViewer }, { openViewSource }] = await Promise.all([
        import("#stage/viewer/player.ts"),
        import("./view-source.ts"),
      ]);
      const source = await openViewSource(viewKey);
      if (gone || root.current === null) return;
      viewer = openViewer(root.current, source);
      window.backlot = { viewer };
    };
    open().catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
      viewer?.dispose();
      delete window.backlot;
    };
  }, [viewKey]);

  return (
    <main className="scene-view" data-theme="dark">
      <div className="scene-view-first" aria-hidden={problem === null}>
        {posterUrl === null ? null : <img src={posterUrl} alt="" />}
        <h1>{title}</h1>
        {problem === null ? null : (
          <p role="alert">
            {problem}{" "}
            <a href={filmUrl} className="scene-view-film">
              The film alone
            </a>
          </p>
        )}
        <noscript>
          <p>
            This page plays its scene with JavaScript, which is off here. <a href={filmUrl}>The film alone</a>
          </p>
        </noscript>
      </div>
      <div ref={root} />
    </main>
  );
}
