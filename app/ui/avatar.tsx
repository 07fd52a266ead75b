import { forwardRef, type CSSProperties, type HTMLAttributes, type ReactNode } from "react";
import { initialsOf } from "#domain/collab/presence.ts";
import { Tooltip } from "./tooltip.tsx";
import "./avatar.css";

export interface Person {
  id: string;
  name: string;
  /** Any CSS colour; people's come from the eight peer tokens. */
  color: string;
  isMe?: boolean;
}

export interface AvatarProps extends Omit<HTMLAttributes<HTMLSpanElement>, "color"> {
  person: Person;
  size?: "small" | "normal" | "large";
  /** A green dot: is in the room now. */
  here?: boolean;
}

export const Avatar = forwardRef<HTMLSpanElement, AvatarProps>(function Avatar(
  { person, size = "normal", here, style, ...rest },
  ref,
) {
  return (
    <span
      ref={ref}
      role="img"
      aria-label={person.isMe ? `${person.name} (you)` : person.name}
      {...rest}
      className="ui-avatar"
      data-size={size}
      data-me={person.isMe}
      data-here={here}
      style={{ ...style, "--c": person.color } as CSSProperties}
    >
      {initialsOf(person.name)}
    </span>
  );
});

/** People side by side with their names as tips; more than `most` become a count. */
export function AvatarStack({
  people,
  size = "normal",
  most = 5,
  label,
}: {
  people: readonly Person[];
  size?: "small" | "normal";
  most?: number;
  label: string;
}) {
  const shown = people.length > most ? people.slice(0, most - 1) : people;
  const rest = people.slice(shown.length);
  return (
    <span className="ui-avatars" role="group" aria-label={label}>
      {shown.map((person) => (
        <Tooltip key={person.id} text={person.isMe ? `${person.name} (you)` : person.name}>
          <Avatar person={person} size={size} />
        </Tooltip>
      ))}
      {rest.length > 0 ? (
        <Tooltip text={rest.map((person) => person.name).join(", ")}>
          <span className="ui-avatar more num" data-size={size}>
            +{rest.length}
          </span>
        </Tooltip>
      ) : null}
    </span>
  );
}

/** A small name plate in a person's colour: on outlines, carets, cursors. */
export function NameTag({ color, children }: { color: string; children: ReactNode }) {
  return (
    <span className="ui-tag" style={{ "--c": color } as CSSProperties}>
      {children}
    </span>
  );
}
