import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from "react";
import { restOf, typed, type Draft } from "#app/studio/inspector/draft.ts";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { toast } from "#app/ui/toast.tsx";

interface ListCellProps {
  label: string;
  value: string;
  title?: string;
  placeholder?: string;
  disabled: boolean;
  /** Words of any number of lines, where both sides of a disagreement fit into one; else one short value. */
  isText?: boolean;
  /** @returns what keeps it, or a sentence about what is wrong */
  read(text: string): string | (() => void);
}

/**
 * One cell, written in place: Enter or leaving it keeps what is there, Escape does not. What somebody else writes here
 * meanwhile takes nothing out of the hand, and is not written over either.
 */
export function ListCell({ label, value, title, placeholder, disabled, isText = false, read }: ListCellProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const isLeftAlone = useRef(false);
  const answer = draft === null || draft.text === value ? null : read(draft.text);
  const keep = (text: string) => {
    const write = read(text);
    if (typeof write === "function") write();
  };
  const leave = () => {
    setDraft(null);
    if (draft === null || isLeftAlone.current) return;
    const then = isText || value === draft.from ? restOf(draft, value) : theirsStands(draft, value);
    if (then.do === "write") keep(then.text);
    if (then.do !== "theirs stands") return;
    const words = `Somebody else changed “${label}” while you wrote. Theirs stands there now.`;
    toast.wrong(words, { name: "Use mine", run: () => keep(then.mine) });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    const isLine = isText && event.shiftKey;
    if (!enterPressed(event) || isLine) {
      if (event.key !== "Escape") return;
      isLeftAlone.current = true;
    }
    event.preventDefault();
    // The keys go back to the line, and from there to the next one.
    const line = event.currentTarget.closest<HTMLElement>("[role=row]");
    if (line) line.focus();
    else event.currentTarget.blur();
    isLeftAlone.current = false;
  };
  const face = {
    className: "board-cell",
    "aria-label": label,
    "aria-invalid": typeof answer === "string" ? true : undefined,
    title: typeof answer === "string" ? answer : (title ?? value),
    placeholder,
    dir: "auto",
    disabled,
    value: draft?.text ?? value,
    onChange: (event: { target: { value: string } }) => setDraft(typed(draft, event.target.value, value)),
    onBlur: leave,
    onKeyDown,
    // Here the right button and a long touch are about the words.
    onContextMenu: (event: SyntheticEvent) => event.stopPropagation(),
    onPointerDown: (event: SyntheticEvent) => event.stopPropagation(),
  };
  return isText ? <textarea rows={1} {...face} /> : <input {...face} />;
}

const theirsStands = (draft: Draft, value: string) =>
  draft.text === draft.from || draft.text === value
    ? ({ do: "nothing" } as const)
    : ({ do: "theirs stands", mine: draft.text } as const);
