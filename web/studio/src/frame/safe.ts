// Whether somebody can see what they press: in a site, scripts of the site could lay something over this frame, make it
// transparent, or move it under the pointer.

import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** How long a button has to have been seen whole, in milliseconds. */
const SETTLED = 600;

/** How long the pointer has to have been on it: longer than a double click takes, shorter than people notice. */
const HOVERED = 300;

/** Whether browsers can tell. */
export const canTell = "IntersectionObserverEntry" in self && "isVisible" in IntersectionObserverEntry.prototype;

/** What a button asks before it does what it says. */
export interface Guard {
  button: (element: HTMLButtonElement | null) => void;
  /** Whether it has been seen for a moment, whole and with nothing over it. */
  isSafe: ReadonlySignal<boolean>;
  /** Whether somebody pressed it who had the pointer or the focus on it. */
  allows: (event: Event) => boolean;
  /** Whether a press came too soon, and has to be made once more. */
  isAgain: ReadonlySignal<boolean>;
}

export const useGuard = (): Guard => {
  const own = useRef<Guard & { stop: () => void }>(undefined);
  own.current ??= make();
  useEffect(() => () => own.current?.stop(), []);
  return own.current;
};

const make = (): Guard & { stop: () => void } => {
  const isSafe = signal(false), isAgain = signal(false);
  let settling: ReturnType<typeof setTimeout> | undefined, watched: HTMLButtonElement | null = null, entered = Infinity;
  const options = { threshold: [0, 0.25, 0.5, 0.75, 0.9, 1], trackVisibility: true, delay: 100 };
  const look = canTell
    ? new IntersectionObserver((entries) => {
        const { isVisible, intersectionRatio } = entries.at(-1) as IntersectionObserverEntry & { isVisible: boolean };
        clearTimeout(settling);
        if (!isVisible || intersectionRatio < 1) isSafe.value = isAgain.value = false;
        else settling = setTimeout(() => (isSafe.value = true), SETTLED);
      }, options as IntersectionObserverInit)
    : undefined;
  const stop = (): void => {
    clearTimeout(settling);
    look?.disconnect();
  };
  const button = (element: HTMLButtonElement | null): void => {
    if (element === watched) return;
    stop();
    isSafe.value = isAgain.value = false;
    watched = element;
    if (!element) return;
    // A frame that is moved under the pointer is entered then.
    element.addEventListener("pointerenter", ({ timeStamp }) => (entered = timeStamp));
    element.addEventListener("pointerleave", () => (entered = Infinity));
    look?.observe(element);
  };
  const isMeant = (event: Event): boolean => {
    const press = event instanceof MouseEvent ? event : undefined;
    // By touch the pointer comes with the press.
    const isTouch = (press as PointerEvent | undefined)?.pointerType === "touch";
    return press && press.detail > 0 ? isTouch || event.timeStamp - entered > HOVERED : document.activeElement === watched;
  };
  const allows = (event: Event): boolean => {
    if (!isSafe.value || !event.isTrusted) return false;
    const allowed = isMeant(event);
    isAgain.value = !allowed && event instanceof MouseEvent && event.detail > 0;
    return allowed;
  };
  return { button, isSafe, allows, isAgain, stop };
};
