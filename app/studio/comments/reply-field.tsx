import { useState } from "react";
import { enterPressed } from "#app/ui/enter-pressed.ts";

/** @param onSend  answers whether it was sent */
export function ReplyField({ onSend, onClose }: { onSend(text: string): boolean; onClose(): void }) {
  const [text, setText] = useState("");
  const send = () => {
    if (onSend(text)) onClose();
  };
  return (
    <form
      className="reply"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <input
        className="ui-input"
        aria-label="Answer"
        autoFocus
        value={text}
        maxLength={5000}
        placeholder="Answer, then Enter"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          // As in the field for new comments; a browser sends a form by the bare key alone.
          if (enterPressed(event) && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            send();
          }
        }}
        onBlur={() => (text.trim() === "" ? onClose() : undefined)}
      />
    </form>
  );
}
