import type { ReactNode } from "react";
import { Mark } from "#app/ui/mark.tsx";
import "./shell.css";

/** The bare stage before the film is open: the bars stand where they will be, so that nothing jumps. */
export function StudioFrame({
  workspaceName,
  title,
  children,
}: {
  workspaceName: string;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="studio">
      <header className="topbar">
        <div className="start">
          <span className="mark">
            <Mark />
          </span>
          <span className="crumb">
            <span className="workspace cut">{workspaceName}</span>
            <span className="sep">/</span>
            <span className="now cut">{title}</span>
          </span>
        </div>
      </header>
      <main className="stage" data-bare="true">
        <div className="opening" role="status">
          {children ?? <span className="faint">Opening the film</span>}
        </div>
      </main>
    </div>
  );
}
