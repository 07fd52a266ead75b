import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import type { StudioParts } from "../studio-parts.ts";
import { describeApi } from "./openapi.ts";
import { operationIdOf, tagOf, tags } from "./operations.ts";
import { createApi } from "./v1.ts";

/** No route is asked anything here, so nothing of the studio is needed. */
const document = describeApi(createApi({} as StudioParts));

type Operation = { operationId?: string; tags?: string[]; responses: object };
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  (["get", "put", "post", "patch", "delete"] as const).flatMap((method) => {
    const operation = item[method] as Operation | undefined;
    return operation === undefined ? [] : [{ path, method, operation }];
  }),
);

async function lint(text: object): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source: JSON.stringify(text), config });
  return (
    problems
      .map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ""}`)
      // Nothing that is asked of them can be wrong.
      .filter((problem) => !/^operation-4xx-response: .*(healthz|readyz)/.test(problem))
  );
}

test("a public linter finds nothing to say about the API's description, warnings included", async () => {
  expect(await lint(document)).toEqual([]);
});

test("the linter does look: a description without names, with an unknown reference, is found out", async () => {
  const broken = structuredClone(document);
  delete broken.paths!["/me"]!.get!.operationId;
  broken.paths!["/me"]!.get!.responses = { 200: { $ref: "#/components/responses/Nothing" } };
  expect((await lint(broken)).map((problem) => problem.split(":")[0])).toEqual(
    expect.arrayContaining(["operation-operationId", "no-unresolved-refs"]),
  );
});

test("every route has a name of its own, a heading, and says what it refuses", () => {
  expect(operations.length).toBeGreaterThan(60);
  const names = operations.map(({ operation }) => operation.operationId);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const headings: string[] = tags.map(({ name }) => name);
  for (const { path, method, operation } of operations) {
    expect([path, headings.includes(operation.tags?.[0] ?? "")]).toEqual([path, true]);
    if (path !== "/healthz" && path !== "/readyz")
      expect([method, path, Object.keys(operation.responses).some((status) => status.startsWith("4"))]).toEqual([
        method,
        path,
        true,
      ]);
  }
});

test("names say what a route does", () => {
  const names = {
    "get /projects/{id}/jobs": "listProjectJobs",
    "get /projects/{id}": "getProject",
    "get /generations/{id}/status": "getGenerationStatus",
    "post /projects": "createProject",
    "post /projects/{id}/shots/{shotId}/generate": "generateProjectShot",
    "post /jobs/{id}/cancel": "cancelJob",
    "post /jobs/cancel": "cancelJobs",
    "post /projects/{id}/storyboard/ai-parse": "aiParseProjectStoryboard",
    "put /projects/{id}/screenplay": "replaceProjectScreenplay",
    "delete /workspaces/{id}/members/{userId}": "deleteWorkspaceMember",
    "get /webhooks/{id}/deliveries": "listWebhookDeliveries",
    "post /webhooks/{id}/deliveries/{deliveryId}/redeliver": "redeliverWebhookDelivery",
  };
  const made = Object.keys(names).map((route) => operationIdOf(...(route.split(" ") as [string, string])));
  expect(made).toEqual(Object.values(names));
  expect(tagOf("/projects/{id}/shots/{shotId}/generate")).toBe("Jobs");
  expect(tagOf("/webhooks/{id}/deliveries")).toBe("Webhooks");
});
