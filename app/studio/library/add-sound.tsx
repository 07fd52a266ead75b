import { Upload as UploadIcon, X } from "lucide-react";
import { useRef } from "react";
import { uploadTypes } from "#domain/assets/asset.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { ProgressBar } from "#app/ui/progress-bar.tsx";
import { useSession } from "../session/film-session.tsx";
import { useStore } from "../session/store.ts";
import { transport } from "../session/transport.ts";
import { bringSound, uploads } from "./uploads.ts";
import "./library.css";

const sounds = Object.entries(uploadTypes).filter(([, { kind }]) => kind === "audio");
const accept = sounds.flatMap(([type, { extension }]) => [type, `.${extension}`]).join(",");

/** Chooses sounds and lays them on the timeline at the playhead. */
export function AddSound({ disabled }: { disabled: boolean }) {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const bring = (files: FileList | null) => {
    for (const file of files ?? []) void bringSound(file, transport.frame, session);
  };
  return (
    <>
      <Button
        look="quiet"
        size="small"
        disabled={disabled}
        onClick={() => input.current?.click()}
        title="WAV, MP3, M4A, OGG or FLAC"
      >
        <UploadIcon />
        Add sound
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={accept}
        aria-label="Sound files"
        onChange={(event) => {
          bring(event.target.files);
          // The same file may be chosen again after it failed.
          event.target.value = "";
        }}
      />
      <OnTheirWay />
    </>
  );
}

function OnTheirWay() {
  const all = useStore(uploads, (list) => list);
  return (
    <>
      {all.map((upload, index) => (
        <span key={`${index} ${upload.name}`} className="upload-on-its-way" role="status">
          <span className="cut">{upload.name}</span>
          <ProgressBar fraction={upload.fraction} label={`Uploading ${upload.name}`} />
          <span className="num faint">{Math.round(upload.fraction * 100)}%</span>
          <IconButton name={`Stop uploading ${upload.name}`} size="small" onClick={upload.cancel}>
            <X className="small" />
          </IconButton>
        </span>
      ))}
    </>
  );
}
