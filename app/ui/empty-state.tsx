import type { ReactNode } from "react";
import "./state.css";

export interface EmptyStateProps {
  icon?: ReactNode;
  title?: string;
  /** `center` fills its box; `top` sits under a panel's head. */
  place?: "center" | "top";
  action?: ReactNode;
  children: ReactNode;
}

/** What will be here, and the one next step. */
export function EmptyState({ icon, title, place = "center", action, children }: EmptyStateProps) {
  return (
    <div className="ui-empty" data-place={place}>
      {icon ? (
        <span className="pic" aria-hidden="true">
          {icon}
        </span>
      ) : null}
      {title ? <h3>{title}</h3> : null}
      <p>{children}</p>
      {action}
    </div>
  );
}
