// What keys do, under `?`.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../words.js";
import { Dialog } from "./dialog.jsx";

const isOpen = signal(false);

const KEYS = [
  ["Ctrl+Enter", "key-next"],
  ["Ctrl+Shift+Enter", "key-missing"],
  ["Ctrl+S", "key-save"],
  ["Ctrl+B, Ctrl+I", "key-bold"],
  ["Ctrl+Z, Ctrl+Y", "key-undo"],
  ["← →", "key-forms"],
  ["/", "key-find"],
  ["?", "key-this"],
] as const;

/** Whether somebody is writing, and means the letter. */
const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"));

export const Help = () => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (isWriting(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "?") isOpen.value = true;
      else if (event.key === "/") {
        const find = document.querySelector<HTMLInputElement>("input[type=search]");
        if (!find) return;
        event.preventDefault();
        find.focus();
      }
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  return (
    <>
      <button type="button" class="plain" aria-haspopup="dialog" title={t("help")} onClick={() => (isOpen.value = true)}>
        ?<span class="unseen"> {t("help")}</span>
      </button>
      {isOpen.value && (
        <Dialog title={t("help")} close={() => (isOpen.value = false)}>
          <dl class="keys-list">
            {KEYS.map(([key, does]) => (
              <div>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(does)}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </>
  );
};
