import type { CSSProperties } from "react";
import "./state.css";

/** Progress as it is: never eased, 0 to 1. */
export function ProgressBar({ fraction, label, color }: { fraction: number; label: string; color?: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <div
      className="ui-progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      style={{ "--v": `${percent}%`, ...(color ? { "--k": color } : {}) } as CSSProperties}
    >
      <i />
    </div>
  );
}

/** The same as a small ring, for pills; something beside it says the number. */
export function ProgressRing({ fraction }: { fraction: number }) {
  return (
    <span className="ui-ring" aria-hidden="true" style={{ "--v": `${Math.round(fraction * 100)}%` } as CSSProperties} />
  );
}
