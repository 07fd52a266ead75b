import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import { IconButton } from "./icon-button.tsx";
import "./dialog.css";

export interface DialogProps {
  open: boolean;
  onClose(): void;
  title: string;
  /** Said to screen readers after the title. */
  description?: string;
  /** Widest, in px. */
  width?: number;
  /** In front of the title, e.g. a picture. */
  lead?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}

/** Into the first field; without one, onto the dialog itself rather than its close button. */
function focusFirstField(event: Event): void {
  if (!(event.target instanceof HTMLElement)) return;
  event.preventDefault();
  const field = event.target.querySelector<HTMLElement>(
    ".body input:not([type=hidden]):not([readonly]), .body textarea",
  );
  (field ?? event.target).focus();
}

/** A modal: focus stays inside, Esc and the scrim close it, focus goes back where it came from. */
export function Dialog({ open, onClose, title, description, width = 560, lead, foot, children }: DialogProps) {
  const cameFrom = useFocusBefore(open);
  // A tip that is open over the focused button would take the first Esc for itself.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isOwn = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (event.key === "Escape" && isOwn) onClose();
  };
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="ui-scrim" />
        <Radix.Content
          className="ui-dialog"
          style={{ "--dialog-width": `${width}px` } as CSSProperties}
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={(event) => {
            // Without a trigger of its own Radix would leave the focus nowhere.
            event.preventDefault();
            if (cameFrom.current?.isConnected) cameFrom.current.focus();
          }}
          onKeyDown={onKeyDown}
        >
          <div className="head">
            {lead}
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton name="Close" shortcut="Esc">
                <X />
              </IconButton>
            </Radix.Close>
          </div>
          {description ? <Radix.Description className="visually-hidden">{description}</Radix.Description> : null}
          <div className="body">{children}</div>
          {foot ? <div className="foot">{foot}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Who had the focus when the dialog opened. */
function useFocusBefore(open: boolean) {
  const cameFrom = useRef<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  if (open && !wasOpen.current && typeof document !== "undefined")
    cameFrom.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  wasOpen.current = open;
  return cameFrom;
}
