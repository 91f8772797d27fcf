// Something that is read for a screen: not yet, there, or failed.

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

export interface Loaded<Value> {
  value: Signal<Value | undefined>;
  failure: Signal<unknown>;
  /** Reads it again; what is shown stays meanwhile. */
  again: () => void;
}

/** Reads when the screen is shown, and whenever one of `on` changes. The newest reading counts. */
export const useLoaded = <Value>(read: () => Promise<Value>, on: unknown[]): Loaded<Value> => {
  const value = useSignal<Value | undefined>(undefined), failure = useSignal<unknown>(undefined), round = useSignal(0);
  useEffect(() => {
    let isNewest = true;
    failure.value = undefined;
    read().then(
      (found) => isNewest && (value.value = found),
      (error) => isNewest && (failure.value = error),
    );
    return () => {
      isNewest = false;
    };
  }, [...on, round.value]);
  return { value, failure, again: () => (round.value += 1) };
};
