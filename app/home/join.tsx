import { Link } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import type { Role } from "#domain/collab/access.ts";
import type { InviteCard, Viewer } from "#domain/collab/cards.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { Mark } from "#app/ui/mark.tsx";
import { ComeIn } from "./come-in.tsx";
import "./plain-page.css";

export interface JoinProps {
  token: string;
  viewer: Viewer | null;
  invite: InviteCard | null;
}

const asWhat: Record<Role, string> = {
  owner: "as an owner: you can do everything.",
  editor: "as an editor: write, board, render and cut with the others.",
  commenter: "as a commenter: watch everything and leave comments.",
  viewer: "as a viewer: watch everything as it happens.",
};
const whyNot: Record<Exclude<InviteCard["state"], "open">, [string, string]> = {
  expired: ["This invitation has expired", "Ask whoever sent it for a new link."],
  revoked: ["This invitation was withdrawn", "Ask whoever sent it for a new link."],
  "used-up": [
    "This invitation is used up",
    "It has already let in as many people as it was made for. Ask whoever sent it for a new link.",
  ],
};

/** The door for somebody who was sent a link. */
export function Join({ token, viewer, invite }: JoinProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  if (!invite)
    return (
      <Refusal
        title="This invitation link does not work"
        sentence="It may have been cut short. Ask whoever sent it for a new one."
        isIn={viewer !== null}
      />
    );
  if (invite.state !== "open")
    return <Refusal title={whyNot[invite.state][0]} sentence={whyNot[invite.state][1]} isIn={viewer !== null} />;

  const accept = async () => {
    const answer = z
      .object({ projectId: z.string().nullable() })
      .parse(await api.post("/v1/invites/accept", { token }));
    // A whole new page: the cookie is new, and so is everything it may see.
    location.assign(answer.projectId ? `/projects/${answer.projectId}` : "/projects");
  };
  const acceptAsMe = () => {
    setBusy(true);
    setProblem(null);
    accept().catch((error: unknown) => {
      setProblem(sentenceOf(error));
      setBusy(false);
    });
  };

  return (
    <main className="plain-page">
      <section className="plain-card">
        <Mark size={26} />
        <p className="dim">{invite.invitedBy ? `${invite.invitedBy} invites you to` : "You are invited to"}</p>
        <h1>{invite.to}</h1>
        <p className="dim">
          You join {asWhat[invite.role]} {endOf(invite)}
        </p>
        {viewer ? (
          <>
            <p className="row">
              <Avatar person={{ id: viewer.id, name: viewer.name, color: `var(--${viewer.color})` }} />
              <span>
                You are <span className="strong">{viewer.name}</span>.
              </span>
            </p>
            {problem ? (
              <p role="alert" className="wrong">
                {problem}
              </p>
            ) : null}
            <Button look="primary" size="big" disabled={busy} onClick={acceptAsMe}>
              Join {invite.projectId ? "the film" : "the workspace"}
            </Button>
          </>
        ) : (
          <ComeIn action={invite.projectId ? "Join the film" : "Join the workspace"} onIn={accept} />
        )}
      </section>
    </main>
  );
}

function Refusal({ title, sentence, isIn }: { title: string; sentence: string; isIn: boolean }) {
  return (
    <main className="plain-page">
      <section className="plain-card">
        <Mark size={26} />
        <h1>{title}</h1>
        <p className="dim">{sentence}</p>
        <div className="row">
          <Link className="ui-button" data-look="primary" data-size="big" to={isIn ? "/projects" : "/"}>
            {isIn ? "My projects" : "Come in without it"}
          </Link>
        </div>
      </section>
    </main>
  );
}

function endOf({ expiresAt }: InviteCard): string {
  if (!expiresAt) return "";
  return `The link works until ${new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(expiresAt))}.`;
}
