import { forwardRef, useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from "react";
import { join } from "./button.tsx";
import "./field.css";

interface FieldWords {
  label: string;
  /** The label is only for screen readers; something visible beside the field says the same. */
  hideLabel?: boolean;
  help?: ReactNode;
  /** A sentence; marks the field invalid. */
  problem?: string | null;
}

function describe(id: string, { help, problem }: FieldWords) {
  return {
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": problem ? `${id}-wrong` : help ? `${id}-help` : undefined,
  } as const;
}

function Frame({ id, words, children }: { id: string; words: FieldWords; children: ReactNode }) {
  return (
    <div className="ui-field">
      <label htmlFor={id} className={words.hideLabel ? "visually-hidden" : "name"}>
        {words.label}
      </label>
      {children}
      {words.problem ? (
        <span id={`${id}-wrong`} className="wrong" role="alert">
          {words.problem}
        </span>
      ) : words.help ? (
        <span id={`${id}-help`} className="help">
          {words.help}
        </span>
      ) : null}
    </div>
  );
}

export type TextFieldProps = FieldWords &
  Omit<InputHTMLAttributes<HTMLInputElement>, "size"> & { size?: "normal" | "tall" };

export const TextField = forwardRef<HTMLInputElement, TextFieldProps>(function TextField(props, ref) {
  const {
    label: _label,
    hideLabel: _hideLabel,
    help: _help,
    problem: _problem,
    size = "normal",
    className,
    ...rest
  } = props;
  const made = useId();
  const id = rest.id ?? made;
  return (
    <Frame id={id} words={props}>
      <input
        ref={ref}
        {...rest}
        {...describe(id, props)}
        id={id}
        data-size={size}
        className={join("ui-input", className)}
      />
    </Frame>
  );
});

export type TextAreaProps = FieldWords & TextareaHTMLAttributes<HTMLTextAreaElement>;

export const TextArea = forwardRef<HTMLTextAreaElement, TextAreaProps>(function TextArea(props, ref) {
  const { label: _label, hideLabel: _hideLabel, help: _help, problem: _problem, className, ...rest } = props;
  const made = useId();
  const id = rest.id ?? made;
  return (
    <Frame id={id} words={props}>
      <textarea ref={ref} {...rest} {...describe(id, props)} id={id} className={join("ui-input", className)} />
    </Frame>
  );
});
