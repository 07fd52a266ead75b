import { expect, test } from "vitest";
import { budgetFor, overBudget, riskProfiles, tooSmall, type Budget } from "./budget.ts";

const budget = (change: Partial<Budget> = {}): Budget => ({
  risk: "daring",
  attempts: null,
  gpuSeconds: null,
  ...change,
});
const spent = (attempts: number, running = 0, gpuSeconds = 0) => ({ attempts, running, gpuSeconds });
const open = { open: 1, failed: 0 };

test("no wish, no budget; a profile alone says how many attempts there may be", () => {
  expect(budgetFor({}, 3)).toBeNull();
  expect(riskProfiles.map((risk) => budgetFor({ risk }, 3)?.attempts)).toEqual([5, 9, null]);
  expect(budgetFor({ gpuSeconds: 30 }, 3)).toEqual({ risk: "balanced", attempts: 9, gpuSeconds: 30 });
  expect(budgetFor({ attempts: 4, risk: "cautious" }, 3)?.attempts).toBe(4);
  expect(budgetFor({ risk: "balanced" }, 2, 5)?.attempts).toBe(11);
});

test("the last attempts that a budget allows may end; none begins after them", () => {
  const four = budget({ attempts: 4 });
  expect(overBudget(four, spent(3), open)).toBeNull();
  expect(overBudget(four, spent(4, 1), open)).toBeNull();
  expect(overBudget(four, spent(4, 0), open)).toContain("4 attempts were made of a budget of 4");
  expect(overBudget(four, spent(5, 2), open)).toContain("5 attempts");
});

test("seconds of rendering end a run as soon as they are spent", () => {
  const ten = budget({ gpuSeconds: 10 });
  expect(overBudget(ten, spent(1, 1, 9.9), open)).toBeNull();
  expect(overBudget(ten, spent(1, 1, 10.04), open)).toBe("10 s of rendering were spent of a budget of 10 s.");
});

test("what is failed ends a cautious run and no other; what has ended by itself is never over budget", () => {
  const failed = { open: 1, failed: 1 };
  expect(overBudget(budget({ risk: "cautious" }), spent(2), failed)).toContain("cautious run ends there");
  expect(overBudget(budget({ risk: "balanced" }), spent(2), failed)).toBeNull();
  expect(overBudget(budget({ risk: "cautious", attempts: 1 }), spent(9, 0, 99), { open: 0, failed: 3 })).toBeNull();
});

test("a budget that cannot do what it is for is said to be too small, with the least that would do", () => {
  expect(tooSmall(budget({ attempts: 2 }), 3, spent(0))).toContain("allow at least 3 attempts");
  expect(tooSmall(budget({ attempts: 3 }), 3, spent(0))).toBeNull();
  expect(tooSmall(budget({ attempts: 6 }), 2, spent(5))).toContain("5 were made before: allow at least 7");
  expect(tooSmall(budget({ gpuSeconds: 8 }), 2, spent(5, 0, 8))).toContain("8 s of rendering are spent already");
});
