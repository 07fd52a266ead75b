import { forwardRef, type ButtonHTMLAttributes } from "react";
import "./button.css";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is filled tungsten: at most one per panel, on the next sensible action. */
  look?: "plain" | "quiet" | "light" | "primary" | "danger";
  size?: "small" | "normal" | "tall" | "big";
}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { look = "plain", size = "normal", className, ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type="button"
      {...rest}
      data-look={look}
      data-size={size}
      className={join("ui-button", className)}
    />
  );
});

/** Joins class names, leaving out what is not there. */
export function join(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
