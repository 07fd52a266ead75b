import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Toasts } from "#app/ui/toast.tsx";
import { DraftText } from "./draft-text.tsx";

/** People who have one field of one film open; what one commits, all of them see. */
class Room {
  value = "A cup falls.";
  commits: string[] = [];
  people: { root: Root; page: HTMLElement; show(): Promise<void> }[] = [];

  async enter(): Promise<HTMLTextAreaElement> {
    const page = document.body.appendChild(document.createElement("div"));
    const root = createRoot(page);
    const onCommit = (text: string) => {
      this.commits.push(text);
      this.value = text;
    };
    const show = () =>
      act(async () => root.render(<DraftText label="Action" value={this.value} onCommit={(text) => onCommit(text)} />));
    this.people.push({ root, page, show });
    await show();
    return page.querySelector("textarea")!;
  }
  async write(field: HTMLTextAreaElement, text: string): Promise<void> {
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!.set!;
    await act(async () => {
      set.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  /** Hands rest for so long, and everybody sees what the film says. */
  async rest(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 100) {
      await act(async () => void vi.advanceTimersByTime(100));
      for (const { show } of this.people) await show();
    }
  }
}

let room: Room;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  room = new Room();
});
afterEach(async () => {
  for (const { root, page } of room.people) {
    await act(async () => root.unmount());
    page.remove();
  }
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("two people who rest in one field write once each, and both see what both wrote", async () => {
  const [ana, ben] = [await room.enter(), await room.enter()];
  await room.write(ana, "A blue cup falls.");
  await room.rest(300);
  await room.write(ben, "A cup falls. Rain.");
  await room.rest(10_000);
  expect(room.commits).toEqual(["A blue cup falls.", "A blue cup falls. Rain."]);
  expect([ana.value, ben.value]).toEqual([room.value, room.value]);
});

test("who has rested and stays in the field sees what somebody else writes, and does not write over it", async () => {
  const ana = await room.enter();
  await room.write(ana, "A blue cup falls.");
  await room.rest(1000);
  room.value = "A red cup falls.";
  await room.rest(10_000);
  expect(ana.value).toBe("A red cup falls.");
  expect(room.commits).toEqual(["A blue cup falls."]);
});

test("where both changed the same words theirs stand, and one press brings mine back", async () => {
  const toasts = createRoot(document.body.appendChild(document.createElement("div")));
  await act(async () => toasts.render(<Toasts />));
  const ana = await room.enter();
  await room.write(ana, "A glass falls.");
  room.value = "A plate falls.";
  await room.rest(1000);
  expect(room.commits).toEqual([]);
  expect(ana.value).toBe("A plate falls.");
  expect(document.body.textContent).toContain("Theirs stand there now.");
  const mine = [...document.querySelectorAll("button")].find((button) => button.textContent === "Use mine");
  await act(async () => mine?.click());
  await room.rest(100);
  expect(ana.value).toBe("A glass falls.");
  await act(async () => toasts.unmount());
});

test("writing on before the film shows what was written loses no letter", async () => {
  const ana = await room.enter();
  await room.write(ana, "A cup falls. R");
  await act(async () => void vi.advanceTimersByTime(600));
  await room.write(ana, "A cup falls. Ra");
  await room.rest(1000);
  expect(ana.value).toBe("A cup falls. Ra");
  expect(room.commits).toEqual(["A cup falls. R", "A cup falls. Ra"]);
});

test("words in the hand are written when the field goes away", async () => {
  const ana = await room.enter();
  await room.write(ana, "A cup breaks.");
  const { root } = room.people[0]!;
  await act(async () => root.render(null));
  expect(room.commits).toEqual(["A cup breaks."]);
});
