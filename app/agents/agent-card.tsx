import { Pause, Play } from "lucide-react";
import { useState } from "react";
import type { AgentView } from "#domain/jobs/fleet-view.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { Button } from "#app/ui/button.tsx";
import { StateLabel } from "#app/ui/state-label.tsx";
import { toast } from "#app/ui/toast.tsx";
import { agentState, capabilityWords, limitWords, memoryWords, speedWords } from "./fleet-words.ts";
import { FreeSlot, WorkingSlot } from "./agent-slot.tsx";

export interface AgentCardProps {
  agent: AgentView;
  /** When that was, ms since 1970. */
  now: number;
  mayControl: boolean;
  /** Reads the fleet anew. */
  look(): Promise<void>;
}

/** One agent: what it makes now, large; what it is, beside it. */
export function AgentCard({ agent, now, mayControl, look }: AgentCardProps) {
  const { shown, word, sentence } = agentState(agent);
  const free = Math.max(0, agent.slots - agent.running.length);
  return (
    <li className="agent">
      <header>
        <h3 className="cut">{agent.id}</h3>
        <StateLabel state={shown}>{word}</StateLabel>
        <span className="agent-sentence faint">{sentence}</span>
        {mayControl ? <Control agent={agent} look={look} /> : null}
      </header>
      <div className="agent-body">
        <ul className="agent-slots" data-many={agent.slots > 1} aria-label={`What ${agent.id} works on`}>
          {agent.running.map((running) => (
            <WorkingSlot key={running.job?.id ?? running.startedAt} running={running} now={now} />
          ))}
          {Array.from({ length: free }, (_, index) => (
            <FreeSlot key={index} isStarting={agent.state === "starting"} isDrained={shown === "stale"} />
          ))}
        </ul>
        <Facts agent={agent} />
      </div>
    </li>
  );
}

function Facts({ agent }: { agent: AgentView }) {
  const speeds = speedWords(agent.speed);
  const models = [...new Set(agent.engines.flatMap((engine) => engine.models))];
  return (
    <dl className="agent-facts num">
      <dt>{agent.engines.length > 1 ? "Engines" : "Engine"}</dt>
      <dd>
        {agent.engines.length === 0 ? <span className="faint">None yet</span> : null}
        {agent.engines.map((engine) => (
          <span key={engine.id} className="agent-engine">
            <span className="strong">{engine.id}</span> <span className="faint">{engine.version}</span>
            <span className="agent-can">
              {engine.capabilities.map((capability) => capabilityWords[capability]).join(", ")}
            </span>
            {limitWords(engine.limits) === "" ? null : (
              <span className="agent-can">At most {limitWords(engine.limits)}</span>
            )}
          </span>
        ))}
      </dd>
      {models.length > 0 ? (
        <>
          <dt>{models.length > 1 ? "Models" : "Model"}</dt>
          <dd>{models.join(", ")}</dd>
        </>
      ) : null}
      <dt>Device</dt>
      <dd title={agent.device}>{agent.device}</dd>
      <dt>Memory</dt>
      <dd>{memoryWords(agent.memory)}</dd>
      <dt>Slots</dt>
      <dd>
        {agent.jobs} of {agent.slots} at work
      </dd>
      <dt>Speed</dt>
      <dd>
        {speeds.length === 0 ? (
          <span className="faint">Not measured yet</span>
        ) : (
          speeds.map((line) => (
            <span key={line} className="agent-line">
              {line}
            </span>
          ))
        )}
      </dd>
    </dl>
  );
}

function Control({ agent, look }: Pick<AgentCardProps, "agent" | "look">) {
  const [busy, setBusy] = useState(false);
  const isDrained = agent.control?.drain === true;
  const say = async () => {
    setBusy(true);
    try {
      await api.post(`/v1/agents/${agent.id}/${isDrained ? "resume" : "drain"}`);
      await look();
    } catch (error) {
      toast.wrong(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="small"
      disabled={busy}
      onClick={() => void say()}
      aria-label={`${isDrained ? "Resume" : "Drain"} ${agent.id}`}
      title={isDrained ? "It takes jobs again" : "It finishes what it has and takes nothing more"}
    >
      {isDrained ? <Play className="small" /> : <Pause className="small" />}
      {isDrained ? "Resume" : "Drain"}
    </Button>
  );
}
