import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button.tsx";
import "./state.css";

export interface BannerProps {
  icon: ReactNode;
  look?: "quiet" | "notice" | "wrong";
  /** Present when it may be sent away. */
  onDismiss?(): void;
  action?: ReactNode;
  children: ReactNode;
}

/** A line across the top that says how things stand and covers nothing. */
export function Banner({ icon, look = "quiet", onDismiss, action, children }: BannerProps) {
  return (
    <div className="ui-banner" data-look={look} role="status">
      {icon}
      <span className="grow">{children}</span>
      {action}
      {onDismiss ? (
        <IconButton name="Dismiss" size="small" onClick={onDismiss}>
          <X className="small" />
        </IconButton>
      ) : null}
    </div>
  );
}
