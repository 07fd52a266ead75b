import { Contrast, LogOut, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import type { Viewer } from "#domain/collab/cards.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { Menu } from "#app/ui/menu.tsx";
import { chooseTheme } from "#app/ui/theme.ts";
import { toast } from "#app/ui/toast.tsx";

export function AccountMenu({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const signOut = () => {
    if (
      viewer.isGuest &&
      !window.confirm("You are a guest. Without an account these films cannot be opened again. Leave anyway?")
    )
      return;
    api.post("/auth/sign-out").then(
      () => location.assign("/"),
      (error: unknown) => toast.wrong(sentenceOf(error)),
    );
  };
  return (
    <Menu
      align="end"
      items={[
        { label: viewer.isGuest ? `${viewer.name}, guest` : (viewer.email ?? viewer.name) },
        { name: "Dark", icon: <Moon />, run: () => chooseTheme("dark") },
        { name: "Light", icon: <Sun />, run: () => chooseTheme("light") },
        { name: "High contrast", icon: <Contrast />, run: () => chooseTheme("contrast") },
        "line",
        { name: viewer.isGuest ? "Leave" : "Sign out", icon: <LogOut />, run: signOut },
      ]}
    >
      {children}
    </Menu>
  );
}
