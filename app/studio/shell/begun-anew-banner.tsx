import { Archive } from "lucide-react";
import { useState } from "react";
import type { BegunAnew } from "#app/studio/session/session-contract.ts";
import { Banner } from "#app/ui/banner.tsx";

/** Stays until it is sent away: it may have happened while nobody looked. */
export function BegunAnewBanner({ anew }: { anew: BegunAnew | null }) {
  const [isRead, setRead] = useState(false);
  if (anew === null || isRead) return null;
  return (
    <Banner icon={<Archive />} look="notice" onDismiss={() => setRead(true)}>
      <span className="strong">This film was begun anew on the server.</span>{" "}
      {anew.isCopyKept
        ? "You see it as it is now. What only this browser held of the film before is kept aside in it."
        : "You see it as it is now."}
    </Banner>
  );
}
