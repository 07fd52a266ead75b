import { z } from "zod";
import { Readiness } from "../readiness.ts";
import type { Api } from "./api.ts";
import { ErrorBody } from "./error-body.ts";
import { operationIdOf, type Refusal, refusals, refusalsOf, tagOf, tags } from "./operations.ts";

type Document = ReturnType<Api["getOpenAPI31Document"]>;
type PathItem = NonNullable<Document["paths"]>[string];
type Operation = NonNullable<PathItem["get"]>;

const methods = ["get", "put", "post", "patch", "delete"] as const;

/**
 * The API's description. Paths, parameters, bodies and answers come from the schemas that the handlers parse with; what
 * is alike for all of them is added here: names for clients, headings, refusals, and the routes for whoever runs it.
 */
export function describeApi(api: Api): Document {
  const document = api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Backlot",
      version: "1",
      description: "The film studio's API. Errors: `{error: {code, message, details?}}`.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: "/v1" }],
    tags: tags.map((tag) => ({ ...tag })),
  });
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const method of methods) {
      const operation = item[method];
      if (operation !== undefined) item[method] = completed(method, path, operation);
    }
  return {
    ...document,
    paths: { ...document.paths, ...healthPaths() },
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, Error: plain(ErrorBody) },
      responses: {
        ...document.components?.responses,
        ...Object.fromEntries(
          Object.entries(refusals).map(([status, description]) => [`Refused${status}`, anError(description)]),
        ),
        Refused: anError("An error with a code and a sentence"),
      },
    },
  };
}

function completed(method: (typeof methods)[number], path: string, operation: Operation): Operation {
  const parameters = operation.parameters ?? [];
  const may = refusalsOf({
    method,
    hasPathParameters: path.includes("{"),
    hasParameters: parameters.length > 0,
    hasBody: operation.requestBody !== undefined,
    isOpen: operation.security === undefined || operation.security.length === 0,
  });
  const tag = tagOf(path);
  return {
    ...operation,
    operationId: operation.operationId ?? operationIdOf(method, path),
    ...(tag === undefined ? {} : { tags: operation.tags ?? [tag] }),
    security: operation.security ?? [],
    responses: {
      ...operation.responses,
      ...Object.fromEntries(may.map((status: Refusal) => [status, refer(`Refused${status}`)])),
      default: refer("Refused"),
    },
  };
}

/** Outside of `/v1`, and open to everybody. */
function healthPaths(): Record<string, PathItem> {
  const answer = (description: string, schema: z.ZodType) => ({
    description,
    content: { "application/json": { schema: plain(schema) } },
  });
  const route = (path: string, summary: string, responses: NonNullable<Operation["responses"]>): PathItem => ({
    servers: [{ url: "/" }],
    get: { operationId: operationIdOf("get", path), tags: ["Health"], summary, security: [], responses },
  });
  return {
    "/healthz": route("/healthz", "Whether the process lives", {
      200: answer("It does", z.object({ status: z.literal("ok") })),
      default: refer("Refused"),
    }),
    "/readyz": route("/readyz", "Whether every part answers, each by name", {
      200: answer("All of them do", Readiness),
      503: answer("Some are away or still starting", Readiness),
      default: refer("Refused"),
    }),
  };
}

const refer = (name: string) => ({ $ref: `#/components/responses/${name}` });

function anError(description: string) {
  return { description, content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } };
}

function plain(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}
