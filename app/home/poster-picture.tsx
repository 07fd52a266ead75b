import { useEffect, useRef, useState } from "react";
import { cropOf, type Pixels } from "./poster-crop.ts";

/** Width by height of a poster; the same in the style sheet. */
const posterShape = 3 / 4;
/** As small as one looks at it to find where to crop it, pixels. */
const [width, height] = [64, 36];

/** A frame of the film, cropped to what there is to see in it. */
export function PosterPicture({ url }: { url: string }) {
  const picture = useRef<HTMLImageElement>(null);
  const [crop, setCrop] = useState<number | null>(null);
  const look = () => setCrop(picture.current === null ? 0.5 : cropFor(picture.current));
  // It may have come before the page was alive.
  useEffect(() => {
    if (picture.current?.complete === true && picture.current.naturalWidth > 0) look();
  }, [url]);
  return (
    <img
      ref={picture}
      // Before its address: a browser begins to load as soon as it has one.
      loading="lazy"
      src={url}
      alt=""
      data-cropped={crop !== null}
      style={{ objectPosition: `${((crop ?? 0.5) * 100).toFixed(1)}% 50%` }}
      onLoad={look}
      onError={() => setCrop(0.5)}
    />
  );
}

function cropFor(image: HTMLImageElement): number {
  const pixels = pixelsOf(image);
  return pixels === null
    ? 0.5
    : cropOf(pixels, (posterShape * image.naturalHeight * width) / (image.naturalWidth * height));
}

/** @returns null where the browser lets nobody look into it: it comes from another host */
function pixelsOf(image: HTMLImageElement): Pixels | null {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  try {
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  } catch {
    return null;
  }
}
