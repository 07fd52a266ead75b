import { FileDown } from "lucide-react";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu } from "#app/ui/menu.tsx";
import { openExport } from "./open-export.ts";

/** The board's way out: to print, or to count with. */
export function BoardFileButton() {
  return (
    <Menu
      align="end"
      items={[
        { label: "Download" },
        { name: "Storyboard, PDF …", run: () => openExport("storyboard-pdf") },
        { name: "Shot list, CSV …", run: () => openExport("shot-list") },
      ]}
    >
      <IconButton name="Download the board" size="small">
        <FileDown className="small" />
      </IconButton>
    </Menu>
  );
}
