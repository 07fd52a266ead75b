import { Copy, Link2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { Role } from "#domain/collab/access.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Select } from "#app/ui/select.tsx";
import { toast } from "#app/ui/toast.tsx";
import { remember } from "../shell/remembered.ts";
import { listOpenInvites, makeInvite, revokeInvite, type Invite, type NewInvite } from "./invites.ts";
import { PeopleWithRoles } from "./people-with-roles.tsx";
import "./share-dialog.css";

const roles = [
  { id: "editor", name: "Can edit" },
  { id: "viewer", name: "Can view" },
] as const;
const roleWords: Record<NewInvite["role"], string> = {
  editor: "Editors write, board, render and cut like you do.",
  commenter: "Commenters watch everything and leave comments. They change nothing else.",
  viewer: "Viewers watch everything and cannot change anything.",
};
const lives = [
  { id: "24", name: "1 day" },
  { id: "168", name: "7 days" },
  { id: "720", name: "30 days" },
  { id: "never", name: "Never" },
] as const;
const uses = [
  { id: "1", name: "1 use" },
  { id: "5", name: "5 uses" },
  { id: "25", name: "25 uses" },
  { id: "any", name: "Unlimited" },
] as const;

/** Who may come in, as what, until when. */
export function ShareDialog({ onClose }: { onClose(): void }) {
  const { projectId, workspaceId, role } = useSession();
  const title = useFilm((film) => film.meta.title);
  const [as, setAs] = useState<NewInvite["role"]>("editor");
  const [life, setLife] = useState<(typeof lives)[number]["id"]>("168");
  const [most, setMost] = useState<(typeof uses)[number]["id"]>("any");
  const [made, setMade] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [invites, setInvites] = useState<Invite[]>([]);
  const mayInvite = role === "owner";

  const reload = useCallback(() => {
    if (!mayInvite) return;
    listOpenInvites(workspaceId, projectId).then(setInvites, () => setInvites([]));
  }, [mayInvite, workspaceId, projectId]);
  useEffect(reload, [reload]);

  const make = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const want = {
        role: as,
        expiresInHours: life === "never" ? null : Number(life),
        maxUses: most === "any" ? null : Number(most),
      };
      setMade(await makeInvite(workspaceId, projectId, want));
      remember(`shared:${projectId}`);
      reload();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const revoke = async (invite: Invite) => {
    try {
      await revokeInvite(invite.id);
      setInvites((before) => before.filter((other) => other.id !== invite.id));
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };

  return (
    <Dialog open onClose={onClose} title={`Invite to ${title}`} width={560}>
      {mayInvite ? (
        <>
          <div className="share-make">
            <Select label="What they may do" size="tall" options={roles} value={as} onChange={setAs} />
            <Select label="Link expires after" size="tall" options={lives} value={life} onChange={setLife} />
            <Select label="Number of uses" size="tall" options={uses} value={most} onChange={setMost} />
            <Button look="primary" size="tall" disabled={busy} onClick={() => void make()}>
              Make a link
            </Button>
          </div>
          <p className="small faint share-words">{roleWords[as]}</p>
          {made ? <MadeLink url={made} /> : null}
          {problem ? (
            <p className="share-wrong" role="alert">
              {problem}
            </p>
          ) : null}
        </>
      ) : (
        <p className="dim share-words">Only the owner of the film makes links. Ask them to invite others.</p>
      )}
      <PeopleWithRoles />
      {invites.length > 0 ? (
        <ul className="share-links" aria-label="Links that let people in">
          {invites.map((invite) => (
            <li key={invite.id}>
              <Link2 />
              <span className="strong">{linkNames[invite.role]}</span>
              <span className="faint small num grow cut">{lifeOf(invite)}</span>
              <Button look="danger" size="small" onClick={() => void revoke(invite)}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  );
}

const linkNames: Record<Role, string> = {
  owner: "Owner link",
  editor: "Editor link",
  commenter: "Commenter link",
  viewer: "Viewer link",
};

function MadeLink({ url }: { url: string }) {
  const copy = () => {
    copyText(url).then(
      () => toast.done("Link copied"),
      () => toast.say("Copy the link from the field by hand; this browser does not allow it otherwise."),
    );
  };
  return (
    <div className="share-made">
      <input
        className="ui-input num"
        data-size="tall"
        readOnly
        aria-label="The link"
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <Button size="tall" onClick={copy}>
        <Copy className="small" />
        Copy
      </Button>
      <p className="small faint">Shown once, so copy it now. Anyone who has it can join with just a name.</p>
    </div>
  );
}

/** The clipboard API exists only on secure origins; a studio on the local network has none. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  throw new Error("no clipboard");
}

function lifeOf({ uses: used, maxUses, expiresAt }: Invite): string {
  const left =
    maxUses === null ? `used ${used} ${used === 1 ? "time" : "times"}` : `${maxUses - used} of ${maxUses} uses left`;
  const ends =
    expiresAt === null
      ? "never ends"
      : `ends ${new Date(expiresAt).toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
  return `${left}, ${ends}`;
}
