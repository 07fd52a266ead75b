import { useRouteLoaderData } from "@remix-run/react";

/** The language model this studio has, by name; null where there is none. The page's loader says it. */
export function useLanguageModel(): string | null {
  return useRouteLoaderData<{ languageModel: string | null }>("routes/projects.$id")?.languageModel ?? null;
}
