import { memo } from "react";
import type { Comment } from "#domain/film/comment.ts";
import type { Marker } from "#domain/film/marker.ts";
import { initialsOf } from "#domain/collab/presence.ts";
import { timecode, type FrameRate } from "#domain/time.ts";
import { rulerSteps, type Pixels } from "./scale.ts";

export interface RulerProps {
  rate: FrameRate;
  zoom: number;
  from: Pixels;
  to: Pixels;
  markers: readonly Marker[];
  comments: readonly Comment[];
  markIn: number | null;
  markOut: number | null;
}

/** Timecodes, ticks, markers, comment pins, the in-out range; only what is in view. */
export const Ruler = memo(function Ruler({ rate, zoom, from, to, markers, comments, markIn, markOut }: RulerProps) {
  const { label, tick } = rulerSteps(zoom, rate);
  const first = Math.floor(from / zoom / label) * label;
  const labels: number[] = [];
  for (let frame = Math.max(0, first); frame * zoom <= to; frame += label) labels.push(frame);
  const inView = (frame: number) => frame * zoom > from - 20 && frame * zoom < to + 20;
  return (
    <div className="ruler" data-ruler style={{ backgroundSize: `${tick * zoom}px 4px` }}>
      {labels.map((frame) => (
        <span key={frame} className="tick num" style={{ left: frame * zoom }}>
          {timecode(frame, rate)}
        </span>
      ))}
      {markIn !== null || markOut !== null ? (
        <span
          className="range"
          style={{
            left: (markIn ?? 0) * zoom,
            width: Math.max(2, ((markOut ?? (markIn ?? 0) + 1) - (markIn ?? 0)) * zoom),
          }}
        />
      ) : null}
      {markers
        .filter((marker) => inView(marker.frame))
        .map((marker) => (
          <span
            key={marker.id}
            className="marker"
            style={{ left: marker.frame * zoom }}
            title={marker.text || `Marker ${timecode(marker.frame, rate)}`}
          />
        ))}
      {comments
        .filter((comment) => comment.frame !== undefined && !comment.resolved && inView(comment.frame))
        .map((comment) => (
          <span
            key={comment.id}
            className="comment-pin"
            style={{ left: (comment.frame ?? 0) * zoom }}
            title={`${comment.name}: ${comment.text}`}
          >
            {initialsOf(comment.name)[0]}
          </span>
        ))}
    </div>
  );
});
