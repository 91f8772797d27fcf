// A native dialog: it keeps the focus, Escape closes it, and the focus goes back to where it was.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../words.js";

interface Props {
  title: string;
  close: () => void;
  children: ComponentChildren;
}

export const Dialog = ({ title, close, children }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null), id = useId();
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={close}>
      <div class="title">
        <h2 id={id}>{title}</h2>
        <button type="button" class="plain" onClick={() => dialog.current!.close()}>
          {t("close")}
        </button>
      </div>
      {children}
    </dialog>
  );
};
