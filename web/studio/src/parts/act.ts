// Something that somebody does: under way, done, or failed.

import { type Signal, useSignal } from "@preact/signals";

export interface Act {
  isBusy: Signal<boolean>;
  failure: Signal<unknown>;
  /** Does it, unless it is under way. `true` when it is done. */
  act: (work: () => Promise<unknown>) => Promise<boolean>;
}

export const useAct = (): Act => {
  const isBusy = useSignal(false), failure = useSignal<unknown>(undefined);
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (isBusy.value) return false;
    isBusy.value = true;
    failure.value = undefined;
    try {
      await work();
      return true;
    } catch (error) {
      failure.value = error;
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, failure, act };
};

/** The texts of a form's fields, by name. */
export const fields = (form: EventTarget | null): Record<string, string> =>
  Object.fromEntries([...new FormData(form as HTMLFormElement)].map(([name, value]) => [name, String(value).trim()]));
