import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { GripVertical } from "lucide-react";
import { useEffect, useState } from "react";
import type { Id } from "#domain/ids.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { toast } from "#app/ui/toast.tsx";
import { JobRow } from "./job-row.tsx";
import { queueActions } from "./queue-actions.ts";
import { inOrder, moveInQueue } from "./queue-order.ts";

/** An order somebody gave is shown at once; after this long the queue's own word counts again. */
const believedMs = 4000;

/** What waits, in its order; editors drag it, or lift it with Space and move it with the arrows. */
export function QueueList({
  jobs,
  mayEdit,
  onHistory,
}: {
  jobs: readonly JobView[];
  mayEdit: boolean;
  onHistory(job: JobView): void;
}) {
  const { shown, move } = useOrder(jobs);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const isMovable = mayEdit && shown.length > 1;
  const [isLifted, setLifted] = useState(false);
  useOwnEscape(isLifted);
  const drop = ({ active, over }: DragEndEvent) => {
    setLifted(false);
    if (over)
      move(
        String(active.id),
        shown.findIndex((job) => job.id === over.id),
      );
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragStart={() => setLifted(true)}
      onDragCancel={() => setLifted(false)}
      onDragEnd={drop}
      accessibility={{
        announcements: announcementsFor(shown),
        screenReaderInstructions: {
          draggable: "Space lifts it, the arrows move it, Space puts it down, Escape lets it be.",
        },
      }}
    >
      <SortableContext items={shown.map((job) => job.id)} strategy={verticalListSortingStrategy} disabled={!isMovable}>
        <ul>
          {shown.map((job, index) =>
            isMovable ? (
              <Sortable
                key={job.id}
                job={job}
                onHistory={onHistory}
                place={index + 1}
                onFront={() => move(job.id, 0)}
              />
            ) : (
              <li key={job.id}>
                <JobRow job={job} onHistory={onHistory} />
              </li>
            ),
          )}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

function Sortable({
  job,
  place,
  onHistory,
  onFront,
}: {
  job: JobView;
  /** From 1, among the film's own. */
  place: number;
  onHistory(job: JobView): void;
  onFront(): void;
}) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: job.id,
  });
  return (
    <li
      ref={setNodeRef}
      data-lifted={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className="job-sortable"
    >
      <JobRow
        job={job}
        onHistory={onHistory}
        {...(place > 1 ? { onFront } : {})}
        handle={
          <button
            type="button"
            ref={setActivatorNodeRef}
            className="job-handle"
            {...attributes}
            {...listeners}
            aria-label={`Move number ${place} of the queue`}
          >
            <GripVertical className="small" />
          </button>
        }
      />
    </li>
  );
}

/** While something is lifted, Escape puts it back and nothing else: the tray stays open. */
function useOwnEscape(isLifted: boolean): void {
  useEffect(() => {
    if (!isLifted) return;
    const keep = (event: KeyboardEvent) => {
      if (event.key === "Escape") event.preventDefault();
    };
    window.addEventListener("keydown", keep, true);
    return () => window.removeEventListener("keydown", keep, true);
  }, [isLifted]);
}

/** The queue's order, with what this person has just moved where they put it until everybody's news says so too. */
function useOrder(jobs: readonly JobView[]) {
  const [given, setGiven] = useState<Id[] | null>(null);
  const told = jobs.map((job) => job.id).join(" ");
  // The queue has spoken: it knows of the move, or of something newer.
  useEffect(() => setGiven(null), [told]);
  useEffect(() => {
    if (given === null) return;
    const timer = setTimeout(() => setGiven(null), believedMs);
    return () => clearTimeout(timer);
  }, [given]);
  const shown = inOrder(jobs, given);
  const move = (jobId: Id, to: number) => {
    const asked = moveInQueue(
      shown.map((job) => job.id),
      jobId,
      to,
    );
    if (asked === null) return;
    setGiven(asked.order);
    queueActions.moveBefore(asked.jobId, asked.before).catch((error: unknown) => {
      setGiven(null);
      toast.wrong(sentenceOf(error));
    });
  };
  return { shown, move };
}

function announcementsFor(jobs: readonly JobView[]): Announcements {
  const placeOf = (id: unknown) => jobs.findIndex((job) => job.id === id) + 1;
  return {
    onDragStart: ({ active }) => `Number ${placeOf(active.id)} of the queue is lifted.`,
    onDragOver: ({ over }) => (over ? `It would be number ${placeOf(over.id)}.` : "It would stay where it was."),
    onDragEnd: ({ over }) => (over ? `It is number ${placeOf(over.id)} now.` : "It stays where it was."),
    onDragCancel: () => "It stays where it was.",
  };
}
