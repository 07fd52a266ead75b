import { useStore } from "#app/studio/session/store.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { changeSetState, setState } from "./set-state.ts";
import { useSetPeople } from "./use-set-people.ts";
import type { ShotSet } from "./use-set.ts";

/** Who else stands in this set, what they do there, and a way to look with them. */
export function OnTheSet({ set }: { set: ShotSet }) {
  const peers = useSetPeople(set);
  const following = useStore(setState, (state) => state.following);
  return (
    <section className="on-the-set" aria-label="On the set now">
      <div className="panel-head">
        <h2>On the set now</h2>
      </div>
      {peers.length === 0 ? (
        <p className="small faint">Just you for now. Others appear here with their cameras.</p>
      ) : null}
      <ul>
        {peers.map((peer) => (
          <li key={peer.clientId}>
            <Avatar person={{ id: String(peer.clientId), name: peer.name, color: peer.color }} />
            <span className="grow">
              <span className="strong cut">{peer.name}</span>
              <span className="small faint cut">{peer.doing}</span>
            </span>
            <Button
              look="quiet"
              size="small"
              aria-pressed={following === peer.clientId}
              aria-label={following === peer.clientId ? `Stop following ${peer.name}` : `Follow ${peer.name}`}
              onClick={() =>
                changeSetState(
                  following === peer.clientId
                    ? { following: null }
                    : {
                        following: peer.clientId,
                        look: setState.get().look === "camera" ? "orbit" : setState.get().look,
                      },
                )
              }
            >
              {following === peer.clientId ? "Following" : "Follow"}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
