// A button for what cannot be undone by a click: it says what will happen, and asks.

import { useSignal } from "@preact/signals";
import { t } from "../words.js";
import { useAct } from "./act.js";
import { Dialog } from "./dialog.jsx";
import { Failure } from "./failure.jsx";

interface Props {
  /** What the button says. */
  label: string;
  /** Which thing it is about, for who hears the button alone. */
  about: string;
  /** What will happen. */
  question: string;
  work: () => Promise<unknown>;
}

export const Confirm = ({ label, about, question, work }: Props) => {
  const isOpen = useSignal(false), { isBusy, failure, act } = useAct();
  const close = () => (isOpen.value = false);
  return (
    <>
      <button type="button" class="plain" aria-haspopup="dialog" onClick={() => (isOpen.value = true)}>
        {label}
        <span class="unseen"> {about}</span>
      </button>
      {isOpen.value && (
        <Dialog title={`${label}: ${about}`} close={close}>
          <p>{question}</p>
          <Failure of={failure.value} />
          <button type="button" class="main" disabled={isBusy.value} onClick={async () => (await act(work)) && close()}>
            {label}
          </button>
        </Dialog>
      )}
    </>
  );
};
