import { expect, test } from "vitest";
import { z } from "zod";
import { invalidRequest } from "./error-body.ts";

const refusalOf = (schema: z.ZodType, value: unknown) => invalidRequest(schema.safeParse(value).error!);
const Move = z.union([
  z.object({ priority: z.number().max(100) }).strict(),
  z.object({ before: z.string().nullable() }).strict(),
]);
const Wish = z.object({ fps: z.union([z.number().max(240), z.object({ num: z.number(), den: z.number() })]) });

test("what fits none of several shapes is told what each of them lacks", () => {
  expect(refusalOf(Move, { before: null, priority: 3 })).toMatchObject({
    message: 'Unrecognized key: "before"; or: Unrecognized key: "priority"',
  });
  expect(refusalOf(Move, {}).message).toBe(
    "priority: Invalid input: expected number, received undefined; or: before: Invalid input: expected string, received undefined",
  );
  const refusal = refusalOf(Wish, { fps: { num: 24 } });
  expect(refusal.message).toBe(
    "fps: Invalid input: expected number, received object; or: fps.den: Invalid input: expected number, received undefined",
  );
  expect(refusal.details).toEqual({
    fields: [
      { field: "fps", message: "Invalid input: expected number, received object" },
      { field: "fps.den", message: "Invalid input: expected number, received undefined" },
    ],
  });
});
