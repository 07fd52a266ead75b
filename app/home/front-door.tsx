import { Mark } from "#app/ui/mark.tsx";
import { ComeIn } from "./come-in.tsx";
import { FirstFrame } from "./first-frame.tsx";
import "./front-door.css";

/** The first page: what this is, in one picture and one sentence, and the way in. */
export function FrontDoor({ onIn }: { onIn(): void }) {
  return (
    <main className="front-door">
      <header>
        <Mark size={20} />
        <span className="strong">Backlot</span>
      </header>
      <section className="pitch">
        <h1>
          A film studio <br />
          with the door open.
        </h1>
        <p>Write the script, board the shots, render them, cut the film. Everybody in one room, in the browser.</p>
      </section>
      <section className="entrance" aria-label="Come in">
        <h2>Who is at the door?</h2>
        <p className="dim">A name and a colour are enough, nothing else.</p>
        <ComeIn action="Come in" onIn={onIn} />
      </section>
      <FirstFrame />
    </main>
  );
}
