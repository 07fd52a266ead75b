import { useEffect, useMemo, useState } from "react";
import { Role } from "#domain/collab/access.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { usePeers } from "#app/studio/session/use-peers.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { listMembers, type Member } from "./invites.ts";

const roleNames: Record<Role, string> = { owner: "Owner", editor: "Editor", commenter: "Commenter", viewer: "Viewer" };

interface Listed {
  id: string;
  name: string;
  color: string;
  role: Role;
  isMe: boolean;
  view: string | null;
}

/** Members of the workspace, and whoever else is in the film now by a link. */
export function PeopleWithRoles() {
  const { me, role, workspaceId } = useSession();
  const peers = usePeers();
  const [members, setMembers] = useState<Member[]>([]);
  const mayAsk = role === "owner";
  useEffect(() => {
    if (!mayAsk) return;
    let gone = false;
    // Who was invited to one film alone may not read the workspace's list; the room still shows who is here.
    listMembers(workspaceId).then(
      (list) => (gone ? undefined : setMembers(list)),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [workspaceId, mayAsk]);

  const people = useMemo(() => {
    const byId = new Map<string, Listed>();
    for (const member of members)
      byId.set(member.userId, {
        id: member.userId,
        name: member.name,
        color: `var(--${member.color})`,
        role: member.role,
        isMe: member.userId === me.id,
        view: null,
      });
    for (const { presence } of peers) {
      const role = Role.safeParse(presence.user.role);
      const known = byId.get(presence.user.id);
      byId.set(presence.user.id, {
        id: presence.user.id,
        name: presence.user.name,
        color: presence.user.color,
        role: known?.role ?? (role.success ? role.data : "viewer"),
        isMe: presence.user.id === me.id,
        view: presence.view,
      });
    }
    return [...byId.values()].sort(
      (a, b) => Number(b.isMe) - Number(a.isMe) || Number(b.view !== null) - Number(a.view !== null),
    );
  }, [members, peers, me.id]);

  return (
    <ul className="share-people" aria-label="People">
      {people.map((person) => (
        <li key={person.id}>
          <Avatar person={person} size="large" here={person.view !== null} />
          <span className="grow">
            <span className="strong cut who">{person.isMe ? `${person.name} (you)` : person.name}</span>
            <span className="small faint">
              {person.view === null
                ? "Not here now"
                : `${person.view.charAt(0).toUpperCase()}${person.view.slice(1)} · here now`}
            </span>
          </span>
          <span className="dim small">{roleNames[person.role]}</span>
        </li>
      ))}
    </ul>
  );
}
