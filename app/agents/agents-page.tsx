import { Link } from "@remix-run/react";
import { Cpu, LayoutGrid, Lock, ServerCrash, WifiOff } from "lucide-react";
import type { Viewer } from "#domain/collab/cards.ts";
import type { FleetView, QueueView } from "#domain/jobs/fleet-view.ts";
import { AccountMenu } from "#app/home/account-menu.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Mark } from "#app/ui/mark.tsx";
import { AgentCard } from "./agent-card.tsx";
import { longWords } from "./fleet-words.ts";
import { QueueTables } from "./queue-tables.tsx";
import { useFleet } from "./use-fleet.ts";
import "#app/home/home.css";
import "./agents.css";

/** Who renders, what they work on, and what waits for them. */
export function AgentsPage({ viewer }: { viewer: Viewer }) {
  const { fleet, queue, readAt, askedAt, problem, look } = useFleet();
  return (
    <div className="home">
      <Side agents={fleet?.agents.length ?? null} />
      <main className="home-main agents-main">
        <header>
          <h1>Render agents</h1>
          <span className="grow" />
          <AccountMenu viewer={viewer}>
            <button type="button" className="home-me" aria-label={`You are ${viewer.name}`}>
              <Avatar
                person={{ id: viewer.id, name: viewer.name, color: `var(--${viewer.color})` }}
                aria-hidden="true"
              />
            </button>
          </AccountMenu>
        </header>
        {problem && fleet ? <Stale problem={problem} seconds={(askedAt - readAt) / 1000} /> : null}
        {fleet && queue ? (
          <div className="agents-room" data-stale={problem !== null}>
            <Standing fleet={fleet} queue={queue} />
            <Fleet fleet={fleet} now={askedAt} look={look} />
            <QueueTables queue={queue} />
          </div>
        ) : problem ? (
          <EmptyState
            icon={<ServerCrash />}
            title="The fleet can't be read"
            action={<Button onClick={() => void look()}>Try again</Button>}
          >
            {problem}
          </EmptyState>
        ) : (
          <Loading />
        )}
      </main>
    </div>
  );
}

function Side({ agents }: { agents: number | null }) {
  return (
    <aside className="home-side">
      <Link className="home-name" to="/projects">
        <Mark />
        <span className="strong cut">Backlot</span>
      </Link>
      <nav aria-label="Rooms" className="agents-nav">
        <Link className="home-shelf" to="/projects">
          <LayoutGrid />
          <span className="cut">Projects</span>
        </Link>
        <Link className="home-shelf" to="/agents" aria-current="page">
          <Cpu />
          <span className="cut">Render agents</span>
          <span className="count num">{agents === null ? "" : `${agents} on`}</span>
        </Link>
      </nav>
    </aside>
  );
}

/** What was known before stays on the page, and says how old it is. */
function Stale({ problem, seconds }: { problem: string; seconds: number }) {
  return (
    <div className="agents-banner">
      <Banner icon={<WifiOff />} look="notice">
        <span className="strong">{problem}</span> This is how things stood {longWords(seconds)} ago.
      </Banner>
    </div>
  );
}

/** The whole room in one line. */
function Standing({ fleet, queue }: { fleet: FleetView; queue: QueueView }) {
  const slots = fleet.agents.reduce((sum, agent) => sum + agent.slots, 0);
  const busy = fleet.agents.reduce((sum, agent) => sum + agent.jobs, 0);
  const facts = [
    { value: String(fleet.agents.length), name: fleet.agents.length === 1 ? "agent" : "agents" },
    { value: `${busy} of ${slots}`, name: slots === 1 ? "slot at work" : "slots at work" },
    { value: String(queue.waiting), name: queue.waiting === 1 ? "job waits" : "jobs wait" },
    { value: queue.oldestSeconds === null ? "–" : longWords(queue.oldestSeconds), name: "longest wait" },
  ];
  return (
    <dl className="standing">
      {facts.map(({ value, name }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Fleet({ fleet, now, look }: { fleet: FleetView; now: number; look(): Promise<void> }) {
  return (
    <section aria-label="Fleet">
      <h2 className="agents-title">Fleet</h2>
      {fleet.agents.length === 0 ? (
        <div className="agents-none">
          <EmptyState icon={<Cpu />} title="No render agent is connected">
            Shots wait in the queue; everything else works. An agent needs no more than a way to the studio's broker:
            start one with <code>npm run start:agent</code> on any machine that has <code>NATS_URL</code> set.
          </EmptyState>
        </div>
      ) : (
        <ul className="agents-list">
          {fleet.agents.map((agent) => (
            <AgentCard key={agent.id} agent={agent} now={now} mayControl={fleet.mayControl} look={look} />
          ))}
        </ul>
      )}
      {fleet.whyNot && fleet.agents.length > 0 ? (
        <p className="agents-why">
          <Lock className="small" /> {fleet.whyNot}
        </p>
      ) : null}
    </section>
  );
}

/** The shape of what comes. */
function Loading() {
  return (
    <div className="agents-room" role="status" aria-label="Reading the fleet">
      <div className="agents-ghost" data-part="standing" />
      <div className="agents-ghost" data-part="card" />
      <div className="agents-ghost" data-part="card" />
    </div>
  );
}
