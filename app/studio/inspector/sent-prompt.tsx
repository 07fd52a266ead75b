import { ChevronRight } from "lucide-react";

/** The very words that an engine gets, which may be more than what somebody wrote. */
export function SentPrompt({ prompt }: { prompt: string }) {
  return (
    <details className="inspector-sent">
      <summary>
        <ChevronRight className="small" aria-hidden="true" />
        What the engine is told
      </summary>
      <p>{prompt}</p>
    </details>
  );
}
