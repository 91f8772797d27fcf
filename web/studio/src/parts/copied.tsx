// A text to be taken elsewhere, with a button that copies it.

import { useSignal } from "@preact/signals";
import { t } from "../words.js";

export const Copied = ({ text, label }: { text: string; label: string }) => {
  const isDone = useSignal(false);
  return (
    <div class="row">
      <label>
        {label}
        <input readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <button
        type="button"
        onClick={async () => {
          await navigator.clipboard.writeText(text);
          isDone.value = true;
        }}
      >
        {isDone.value ? t("copied") : t("copy")}
      </button>
    </div>
  );
};
