import { Cpu, Eye } from "lucide-react";
import { useState } from "react";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useConnection } from "#app/studio/session/use-connection.ts";
import { useEngines, useJobs } from "#app/studio/session/use-jobs.ts";
import { Banner } from "#app/ui/banner.tsx";
import { BegunAnewBanner } from "./begun-anew-banner.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { isRemembered, remember } from "./remembered.ts";

/** How things stand when they don't stand as usual; at most one line for each kind. */
export function Banners() {
  const { role, mayEdit, keepsCopy, anew } = useSession();
  const connection = useConnection();
  const { agents } = useJobs();
  const engines = useEngines();
  const [previzSeen, setPrevizSeen] = useState(() => isRemembered("previz-banner"));
  const onlyPreviz = engines.length > 0 && engines.every((engine) => engine === "previz");

  return (
    <div className="banners">
      <ConnectionBanner connection={connection} keepsCopy={keepsCopy} />
      <BegunAnewBanner anew={anew} />
      {role === "viewer" || role === "commenter" ? (
        <Banner icon={<Eye />}>
          <span className="strong">You are watching.</span> The owner gave you {role === "viewer" ? "view" : "comment"}{" "}
          access: everything moves, nothing can be changed.
        </Banner>
      ) : null}
      {agents === 0 && connection.status !== "offline" && connection.status !== "ended" ? (
        <Banner icon={<Cpu />} look="notice">
          <span className="strong">No render agent is connected.</span> Shots wait in the queue; everything else works.
        </Banner>
      ) : null}
      {agents !== 0 && onlyPreviz && !previzSeen && mayEdit ? (
        <Banner
          icon={<Cpu />}
          look="notice"
          onDismiss={() => {
            remember("previz-banner");
            setPrevizSeen(true);
          }}
        >
          <span className="strong">Rendering with previz.</span> Connect a model engine for finished pictures.
        </Banner>
      ) : null}
    </div>
  );
}
