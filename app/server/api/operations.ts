/** How a route is called in the API's description: a name for clients' functions, a heading, and what it may refuse. */

/** Last words of paths that are no things but what is done. */
const verbs = new Set([
  ...["accept", "assemble", "cancel", "choose", "commit", "complete", "drain", "execute", "generate", "mark", "parse"],
  ...["ai-parse", "detect", "inpaint", "plan", "redeliver", "resume", "retry", "segment", "segment-text", "terminate"],
]);

/** Where the rule below would say something odd. */
const named: Record<string, string> = {
  "POST /invites/accept": "acceptInvite",
  "POST /projects/sample": "openSampleFilm",
  "GET /projects/{id}/events": "followProject",
  "POST /projects/{id}/queue": "pauseProject",
  "POST /projects/{id}/elements/from-library": "bringElements",
  "POST /projects/{id}/elements/{elementId}/to-library": "keepElement",
  "POST /projects/{id}/score": "scoreProject",
  "POST /projects/{id}/estimate": "estimateShots",
  "GET /projects/{id}/stale": "listStaleShots",
  "POST /projects/{id}/ticket": "openProject",
  "POST /screenplay/import": "importScreenplay",
  "POST /projects/{id}/edit/segment": "segmentPicture",
  "POST /projects/{id}/edit/segment-text": "segmentPictureByText",
  "POST /projects/{id}/edit/detect": "detectInPicture",
  "POST /projects/{id}/edit/inpaint": "inpaintPicture",
};

const byMethod: Record<string, string> = {
  get: "get",
  post: "create",
  put: "replace",
  patch: "update",
  delete: "delete",
};

/**
 * e.g. GET /projects/{id}/jobs → listProjectJobs, POST /jobs/{id}/cancel → cancelJob, PATCH /projects/{id} → updateProject.
 * A word before a parameter stands for one of them.
 */
export function operationIdOf(method: string, path: string): string {
  const known = named[`${method.toUpperCase()} ${path}`];
  if (known !== undefined) return known;
  const parts = path.split("/").filter((part) => part !== "");
  const words = parts.flatMap((part, index) => {
    if (part.startsWith("{")) return [];
    return [parts[index + 1]?.startsWith("{") === true ? singular(part) : part];
  });
  const last = words.at(-1) ?? "";
  const isOfOne = parts.at(-1)?.startsWith("{") === true;
  if (!isOfOne && verbs.has(last)) return camel([last, ...words.slice(0, -1)]);
  if (!isOfOne && isPlural(last)) {
    if (method === "get") return camel(["list", ...words]);
    if (method === "post") return camel(["create", ...words.slice(0, -1), singular(last)]);
  }
  return camel([byMethod[method] ?? method, ...words]);
}

export const tags = [
  { name: "People", description: "Who asks, coming in, tokens of programs" },
  { name: "Workspaces", description: "Teams, their members and invites" },
  { name: "Films", description: "Projects, screenplay, board, timeline" },
  { name: "Jobs", description: "Rendering: asking for it, following, calling off, doing again" },
  { name: "Takes", description: "Finished renders of shots" },
  { name: "Library", description: "Files that people brought and engines made" },
  { name: "Pictures", description: "Single pictures and changing them" },
  { name: "Exports", description: "The film as a file" },
  { name: "Generations", description: "A whole scene from one sentence" },
  { name: "Episodes", description: "An intent that becomes beats of a film" },
  { name: "Agents", description: "The fleet that renders" },
  { name: "Webhooks", description: "Being told, instead of asking" },
  { name: "Health", description: "For whoever runs the studio" },
] as const;
type Tag = (typeof tags)[number]["name"];

const tagByWord: Record<string, Tag> = {
  ...{ guests: "People", me: "People", tokens: "People" },
  ...{ workspaces: "Workspaces", members: "Workspaces", invites: "Workspaces" },
  ...{
    projects: "Films",
    elements: "Films",
    "library-elements": "Library",
    screenplay: "Films",
    storyboard: "Films",
    timeline: "Films",
    ticket: "Films",
  },
  ...{
    jobs: "Jobs",
    runs: "Jobs",
    queue: "Jobs",
    generate: "Jobs",
    score: "Jobs",
    estimate: "Jobs",
    stale: "Jobs",
    events: "Jobs",
  },
  ...{ takes: "Takes", assets: "Library", images: "Pictures", edit: "Pictures", exports: "Exports" },
  ...{
    generations: "Generations",
    view: "Generations",
    episodes: "Episodes",
    worlds: "Episodes",
    agents: "Agents",
    webhooks: "Webhooks",
  },
  ...{ healthz: "Health", readyz: "Health" },
};

/** By the last word of the path that says one. */
export function tagOf(path: string): Tag | undefined {
  return path
    .split("/")
    .reverse()
    .map((word) => tagByWord[word])
    .find((tag) => tag !== undefined);
}

/** What each refusal means; the answer's `error.code` says more. */
export const refusals = {
  400: "A field is missing or malformed; `details.fields` names each",
  401: "No valid session or token",
  403: "The caller's role does not allow this",
  404: "There is no such thing, or none that the caller may know of",
  409: "The thing is in a state that does not allow this, or no engine offers the capability",
  413: "The body is larger than this route reads",
  415: "The body is not of the type this route reads",
  429: "Too much at once; `Retry-After` says when to come back",
} as const;
export type Refusal = keyof typeof refusals;

/** @param route  what the route takes; `isOpen`: without a caller */
export function refusalsOf(route: {
  method: string;
  hasPathParameters: boolean;
  hasParameters: boolean;
  hasBody: boolean;
  isOpen: boolean;
}): Refusal[] {
  const changes = route.method !== "get";
  const when: [Refusal, boolean][] = [
    [400, route.hasParameters || route.hasBody],
    [401, !route.isOpen],
    // A cookie from another site's page, too.
    [403, changes || route.hasPathParameters],
    [404, route.hasPathParameters || (route.hasBody && !route.isOpen)],
    // Some things are not there to be read yet.
    [409, changes || route.hasPathParameters],
    [413, changes],
    [415, route.hasBody],
    [429, changes],
  ];
  return when.flatMap(([status, may]) => (may ? [status] : []));
}

function isPlural(word: string): boolean {
  return /[^su]s$/.test(word);
}

function singular(word: string): string {
  if (!isPlural(word)) return word;
  return word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

function camel(words: readonly string[]): string {
  const all = words.flatMap((word) => word.split("-"));
  return all.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}
