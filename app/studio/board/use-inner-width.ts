import { useLayoutEffect, useState, type RefObject } from "react";

/** The width inside an element's padding, px, as it changes. */
export function useInnerWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(960);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const read = () => {
      const style = getComputedStyle(box);
      setWidth(box.clientWidth - (parseFloat(style.paddingLeft) || 0) - (parseFloat(style.paddingRight) || 0));
    };
    read();
    const watcher = new ResizeObserver(read);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [element]);
  return width;
}
