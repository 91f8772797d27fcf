// Whether somebody can see what they press: in a site, scripts of the site could lay something over this frame, make it
// transparent, or move it under the pointer.

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** How long it has to have been seen whole, in milliseconds. */
const SETTLED = 600;

/** Whether browsers can tell. */
export const canTell = "IntersectionObserverEntry" in self && "isVisible" in IntersectionObserverEntry.prototype;

/** Follows an element: the signal is true once it has been seen, with nothing over it, for a moment. */
export const useSafe = () => {
  const element = useRef<HTMLDivElement>(null), isSafe = useRef(signal(false)).current;
  useEffect(() => {
    if (!canTell) return;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const options = { threshold: [0, 0.25, 0.5, 0.75, 1], trackVisibility: true, delay: 100 };
    const look = new IntersectionObserver((entries) => {
      const isVisible = (entries.at(-1) as IntersectionObserverEntry & { isVisible: boolean }).isVisible;
      clearTimeout(settling);
      if (!isVisible) isSafe.value = false;
      else settling = setTimeout(() => (isSafe.value = true), SETTLED);
    }, options as IntersectionObserverInit);
    look.observe(element.current!);
    return () => {
      clearTimeout(settling);
      look.disconnect();
    };
  }, []);
  return { element, isSafe };
};
