// What is said of an entry for whoever writes it, and taking it away.

import { useSignal } from "@preact/signals";
import { ask, type Entry } from "../api/index.js";
import { fields, useAct } from "../parts/act.js";
import { Confirm } from "../parts/confirm.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

interface Props {
  /** Where the entry is, in the API. */
  path: string;
  entry: Entry;
  /** It is another one now. */
  done: () => void;
}

const Form = ({ path, entry, done, close }: Props & { close: () => void }) => {
  const { isBusy, failure, act } = useAct();
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const { note, most } = fields(event.currentTarget);
    act(async () => {
      await ask("PUT", path, { body: { kind: entry.kind, note, ...(most ? { max_length: Number(most) } : {}) } });
      close();
      done();
    });
  };
  return (
    <Dialog title={`${t("details")}: ${entry.key}`} close={close}>
      <form onSubmit={save}>
        <label>
          {t("entry-note")}
          <input name="note" autocomplete="off" defaultValue={entry.note} />
        </label>
        <label>
          {t("entry-most")}
          <input name="most" type="number" min={1} defaultValue={entry.max_length ?? ""} />
        </label>
        <Failure of={failure.value} />
        <button class="main" disabled={isBusy.value}>
          {t("save")}
        </button>
      </form>
      <Confirm label={t("remove")} about={entry.key} question={t("remove-entry", { name: entry.key })} work={async () => (await ask("DELETE", path), close(), done())} />
    </Dialog>
  );
};

/** A button that opens the dialog. */
export const Details = (props: Props) => {
  const isOpen = useSignal(false);
  return (
    <>
      <button type="button" class="plain" aria-haspopup="dialog" onClick={() => (isOpen.value = true)}>
        {t("details")}
        <span class="unseen"> {props.entry.key}</span>
      </button>
      {isOpen.value && <Form {...props} close={() => (isOpen.value = false)} />}
    </>
  );
};
