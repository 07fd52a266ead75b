import { usePeers } from "#app/studio/session/use-peers.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { useView } from "./use-view.ts";
import { viewOf, views } from "./views.ts";

/** Who is in the film now, and where; one press goes to the view they are in. */
export function PeoplePanel() {
  const peers = usePeers();
  const [, show] = useView();
  return (
    <>
      <div className="panel-head">
        <h2>In the film now</h2>
        <span className="faint small num">{new Set(peers.map((peer) => peer.presence.user.id)).size}</span>
      </div>
      <ul className="people">
        {peers.map(({ clientId, presence, isMe }) => {
          const view = views.find((each) => each.id === viewOf(presence.view));
          return (
            <li key={clientId}>
              <Avatar person={{ ...presence.user, isMe }} size="large" here />
              <span className="grow">
                <span className="strong cut who">{isMe ? `${presence.user.name} (you)` : presence.user.name}</span>
                <span className="small faint">
                  {view?.name} · {presence.user.role}
                </span>
              </span>
              {isMe || !view ? null : (
                <Button look="quiet" size="small" onClick={() => show(view.id)}>
                  Go there
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
