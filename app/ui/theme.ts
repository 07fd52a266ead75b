import { z } from "zod";

export const themes = ["dark", "light", "contrast"] as const;
export const Theme = z.enum(themes);
export type Theme = z.infer<typeof Theme>;

const cookieName = "backlot-theme";
const yearSeconds = 365 * 24 * 3600;

/** @param cookies the Cookie header */
export function readTheme(cookies: string | null): Theme {
  const value = /(?:^|;\s*)backlot-theme=([a-z]+)/.exec(cookies ?? "")?.[1];
  const theme = Theme.safeParse(value);
  return theme.success ? theme.data : "dark";
}

/** Takes effect at once and is remembered in this browser. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  document.cookie = `${cookieName}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`;
}
