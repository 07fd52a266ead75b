import { CircleAlert } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import type { Depth, QueueView } from "#domain/jobs/fleet-view.ts";
import { capabilityWords, counted, heldWords, longWords } from "./fleet-words.ts";

/** What waits, by what it needs and by whose it is. */
export function QueueTables({ queue }: { queue: QueueView }) {
  const isQuiet = queue.waiting + queue.held + queue.running === 0;
  const most = Math.max(1, ...queue.capabilities.map((line) => line.waiting));
  const mostOf = Math.max(1, queue.others.waiting, ...queue.workspaces.map((line) => line.waiting));
  return (
    <section aria-label="Queue">
      <h2 className="agents-title">Queue</h2>
      {isQuiet ? (
        <p className="agents-quiet">Nothing waits and nothing runs. What anybody generates shows here.</p>
      ) : (
        <div className="queue-tables">
          <Table of="Work" name="By kind of work">
            {queue.capabilities.map((line) => (
              <Line key={line.capability} name={capabilityWords[line.capability]} depth={line} most={most}>
                {line.slots === 0 && line.waiting > 0 ? (
                  <span className="queue-warn">
                    <CircleAlert className="small" /> No agent here does this
                  </span>
                ) : null}
              </Line>
            ))}
          </Table>
          <Table of="Workspace" name="By workspace">
            {queue.workspaces.map((line) => (
              <Line key={line.id} name={line.name} depth={line} most={mostOf} />
            ))}
            {queue.others.workspaces > 0 ? (
              <Line
                name={counted(queue.others.workspaces, "other workspace")}
                depth={queue.others}
                most={mostOf}
                isQuiet
              />
            ) : null}
          </Table>
        </div>
      )}
    </section>
  );
}

function Table({ of, name, children }: { of: string; name: string; children: ReactNode }) {
  return (
    <table className="queue-table" aria-label={name}>
      <thead>
        <tr>
          <th scope="col">{of}</th>
          <th scope="col">Running</th>
          <th scope="col">Waiting</th>
          <th scope="col">Longest wait</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface LineProps {
  name: string;
  depth: Depth;
  /** The deepest line beside it: what the bar is measured by. */
  most: number;
  isQuiet?: boolean;
  children?: ReactNode;
}

function Line({ name, depth, most, isQuiet = false, children }: LineProps) {
  const held = heldWords(depth);
  return (
    <tr data-quiet={isQuiet}>
      <th scope="row">
        <span className="queue-name cut">{name}</span>
        {children}
        {held === "" ? null : <span className="faint small num">{held}</span>}
        <span className="queue-bar" aria-hidden="true" style={{ "--v": depth.waiting / most } as CSSProperties} />
      </th>
      <td className="num" data-zero={depth.running === 0}>
        {depth.running}
      </td>
      <td className="num" data-zero={depth.waiting === 0}>
        {depth.waiting}
      </td>
      <td className="num" data-zero={depth.oldestSeconds === null}>
        {depth.oldestSeconds === null ? "–" : longWords(depth.oldestSeconds)}
      </td>
    </tr>
  );
}
