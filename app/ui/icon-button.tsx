import { forwardRef, type ButtonHTMLAttributes, type ReactNode } from "react";
import { join } from "./button.tsx";
import { Tooltip } from "./tooltip.tsx";

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "aria-label"> {
  /** What it does, in words: its accessible name and its tip. */
  name: string;
  /** Shown in the tip, e.g. `Alt+1`. */
  shortcut?: string;
  look?: "plain" | "accent";
  size?: "small" | "normal";
  /** Present for switches: pressed or not. */
  pressed?: boolean;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
}

export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { name, shortcut, look = "plain", size = "normal", pressed, side, className, children, ...rest },
  ref,
) {
  return (
    <Tooltip text={name} {...(shortcut ? { shortcut } : {})} {...(side ? { side } : {})}>
      <button
        ref={ref}
        type="button"
        aria-label={name}
        aria-pressed={pressed}
        {...rest}
        data-look={look}
        data-size={size}
        className={join("ui-icon-button", className)}
      >
        {children}
      </button>
    </Tooltip>
  );
});
