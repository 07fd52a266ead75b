import type { ReactNode } from "react";
import "./state.css";

export function Chip({ icon, title, children }: { icon?: ReactNode; title?: string; children: ReactNode }) {
  return (
    <span className="ui-chip" title={title}>
      {icon}
      <span className="cut">{children}</span>
    </span>
  );
}
