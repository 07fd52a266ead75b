import { CloudAlert, CloudBackup, CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import type { Connection } from "#app/studio/session/session-contract.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { count } from "./count.ts";

/** A line across the top while the work is not on its way as usual; none otherwise. */
export function ConnectionBanner({ connection, keepsCopy }: { connection: Connection; keepsCopy: boolean }): ReactNode {
  const { status, sentence, unsavedEdits, othersSee } = connection;
  const hasEdits = unsavedEdits > 0;
  switch (status) {
    case "ended":
      return (
        <Banner icon={<CloudOff />} look="wrong" action={<Reload />}>
          {sentence} {hasEdits && keepsCopy ? "What was not stored is kept in this browser." : null}
        </Banner>
      );
    case "offline":
      return (
        <Banner icon={<CloudOff />} look="notice">
          <span className="strong">{sentence ? "You are not connected." : "You are offline."}</span> {sentence}{" "}
          {hasEdits ? whatGoesOut(keepsCopy) : null}
          {!hasEdits && !sentence ? "Reconnecting by itself." : null}
        </Banner>
      );
    case "stuck":
      return (
        <Banner icon={<CloudBackup />} look="notice">
          <span className="strong">
            {othersSee ? "The studio cannot store changes right now." : "The studio does not answer right now."}
          </span>{" "}
          {whatWaits(unsavedEdits, keepsCopy)}
        </Banner>
      );
    case "refused":
      return (
        <Banner icon={<CloudAlert />} look="wrong" action={keepsCopy ? null : <Reload />}>
          <span className="strong">
            Your last changes are not stored, and {keepsCopy ? "only kept in this browser." : "in this tab alone."}
          </span>{" "}
          {sentence}
        </Banner>
      );
    case "loading":
    case "saved":
    case "saving":
    case "late":
      return null;
  }
}

function whatGoesOut(keepsCopy: boolean): string {
  return keepsCopy
    ? "What you wrote is kept in this browser and goes out by itself."
    : "What you wrote goes out by itself; leave this tab open.";
}

function whatWaits(unsavedEdits: number, keepsCopy: boolean): string {
  const isOne = unsavedEdits === 1;
  const edits = unsavedEdits === 0 ? "earlier edits" : count(unsavedEdits, "edit");
  return keepsCopy
    ? `You can go on: ${edits} ${isOne ? "is" : "are"} kept in this browser and will be stored as soon as possible.`
    : `You can go on, but leave this tab open: ${edits} ${isOne ? "waits" : "wait"} in it.`;
}

function Reload() {
  return (
    <Button size="small" onClick={() => location.reload()}>
      Reload
    </Button>
  );
}
