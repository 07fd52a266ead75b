import { expect, test } from "vitest";
import { failureKinds } from "#domain/jobs/messages/result-message.ts";
import { suggestionsFor, type Trouble } from "./suggestions.ts";

const trouble = (change: Partial<Trouble>) =>
  suggestionsFor({ state: "EXECUTING", failures: [], waiting: 0, agents: 1, removed: 0, ...change });

test("every way to fail has something that can be done about it, said once", () => {
  for (const kind of failureKinds) {
    const said = trouble({ failures: [`job/${kind}`, `job/${kind}`] });
    expect(said, kind).toHaveLength(1);
    expect(said[0]).toMatch(/\.$|not succeed\.$/);
  }
  expect(trouble({ failures: ["job/unheard-of"] })).toEqual(trouble({ failures: ["job/unknown"] }));
});

test("waiting is nobody's fault while an agent is there", () => {
  expect(trouble({ waiting: 2 })).toEqual([]);
  expect(trouble({ waiting: 2, agents: 0 })[0]).toContain("No render agent");
});

test("what comes next is said of an episode that has not begun", () => {
  expect(trouble({ state: "CREATED" })[0]).toContain("/plan");
  expect(trouble({ state: "PLANNED" })[0]).toContain("/execute");
  expect(trouble({ state: "COMPLETED" })).toEqual([]);
  expect(trouble({ state: "ABANDONED" })[0]).toContain("larger one");
  expect(trouble({ state: "IMPOSSIBLE", failures: ["job/licence"] })).toHaveLength(2);
});
