import type { ReactNode } from "react";
import "./state.css";

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="ui-kbd">{children}</kbd>;
}
