import { ImagePlus, X } from "lucide-react";
import { useRef, useState } from "react";
import { uploadTypes } from "#domain/assets/asset.ts";
import type { ElementReference } from "#domain/film/element.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { toast } from "#app/ui/toast.tsx";
import { bringPicture } from "./bring-picture.ts";
import { useAssetUrl } from "./element-picture.tsx";

const most = 20;
const accept = Object.keys(uploadTypes)
  .filter((type) => type.startsWith("image/"))
  .join(",");

/** Pictures that say how it looks. The first one stands for the element everywhere. */
export function ReferencePictures({
  name,
  refs,
  disabled,
  onChange,
}: {
  name: string;
  refs: readonly ElementReference[];
  disabled: boolean;
  onChange(change: (now: readonly ElementReference[]) => ElementReference[]): void;
}) {
  const { projectId } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const [coming, setComing] = useState(0);
  const bring = async (files: readonly File[]) => {
    setComing((count) => count + files.length);
    for (const file of files) {
      try {
        const asset = await bringPicture(file, projectId);
        onChange((now) => [...now, { assetId: asset.id }].slice(0, most));
      } catch (error) {
        toast.wrong(sentenceOf(error));
      } finally {
        setComing((count) => count - 1);
      }
    }
  };
  return (
    <div className="element-refs" role="group" aria-label="Reference pictures">
      {refs.map((ref) => (
        <Reference
          key={ref.assetId}
          assetId={ref.assetId}
          name={name}
          disabled={disabled}
          onRemove={() => onChange((now) => now.filter((each) => each.assetId !== ref.assetId))}
        />
      ))}
      {Array.from({ length: coming }, (_, index) => (
        <span key={`coming ${index}`} className="element-ref" role="status" aria-label="A picture is on its way" />
      ))}
      {disabled || refs.length >= most ? null : (
        <button type="button" className="element-ref add" onClick={() => input.current?.click()}>
          <ImagePlus aria-hidden="true" />
          <span>Add picture</span>
        </button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={accept}
        aria-label="Picture files"
        onChange={(event) => {
          void bring([...(event.target.files ?? [])].slice(0, most));
          event.target.value = "";
        }}
      />
    </div>
  );
}

function Reference({
  assetId,
  name,
  disabled,
  onRemove,
}: {
  assetId: string;
  name: string;
  disabled: boolean;
  onRemove(): void;
}) {
  const url = useAssetUrl(assetId);
  return (
    <span className="element-ref">
      {url ? <img src={url} alt={`Reference of ${name}`} /> : null}
      {disabled ? null : (
        <button type="button" className="remove" aria-label={`Remove this picture of ${name}`} onClick={onRemove}>
          <X className="small" />
        </button>
      )}
    </span>
  );
}
