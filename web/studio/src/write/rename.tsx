// Other names for entries and pages: their texts and their history go along.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { ask, type Renamed } from "../api/index.js";
import { fields, useAct } from "../parts/act.js";
import { Dialog } from "../parts/dialog.jsx";
import { Failure } from "../parts/failure.jsx";
import { localeName, t } from "../words.js";

interface Props {
  /** Where it is asked for. */
  path: string;
  /** The name that it has. */
  name: string;
  /** What is renamed. */
  label: string;
  pattern: string;
  help: string;
  /** What the API is told. */
  body: (to: string) => object;
  /** It has another name now. */
  done: (to: string) => void;
  /** Something typed that would stay behind. */
  isDirty?: boolean;
}

const Form = ({ path, name, label, pattern, help, body, done, isDirty, close }: Props & { close: () => void }) => {
  const { isBusy, failure, act } = useAct();
  const renamed = useSignal<{ to: string; result: Renamed } | undefined>(undefined);
  const sent = useRef(false);
  const rename = (event: SubmitEvent) => {
    event.preventDefault();
    const { to = "" } = fields(event.currentTarget);
    act(async () => {
      sent.current = true;
      const { body: result } = await ask<Renamed>("POST", path, { body: body(to) });
      renamed.value = { to, result };
    });
  };
  const end = () => {
    close();
    // Also where no answer came: it may have gone through.
    if (sent.current) done(renamed.value?.to ?? name);
  };
  const result = renamed.value?.result;
  return (
    <Dialog title={`${t("rename")}: ${name}`} close={end}>
      {result ? (
        <div role="status">
          <p class="good">{t("renamed", { name, to: renamed.value!.to, count: result.moved })}</p>
          {result.referring.length > 0 && (
            <>
              <p class="warning">{t("renamed-referring", { name })}</p>
              <ul>
                {result.referring.map((at) => (
                  <li>
                    {localeName(at.locale)} · {at.page} · <code>{at.key}</code>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      ) : (
        <form onSubmit={rename}>
          <label>
            {label}
            <input name="to" required defaultValue={name} pattern={pattern} maxLength={200} autocomplete="off" aria-describedby="rename-help" />
          </label>
          <p class="quiet" id="rename-help">
            {help} {t("rename-site")}
          </p>
          {isDirty && <p class="warning">{t("rename-typed")}</p>}
          <Failure of={failure.value} />
          <button class="main" disabled={isBusy.value || isDirty}>
            {t("rename")}
          </button>
        </form>
      )}
    </Dialog>
  );
};

/** A button that opens the dialog. */
export const Rename = (props: Props) => {
  const isOpen = useSignal(false);
  return (
    <>
      <button type="button" class="plain" aria-haspopup="dialog" onClick={() => (isOpen.value = true)}>
        {t("rename")}
        <span class="unseen"> {props.name}</span>
      </button>
      {isOpen.value && <Form {...props} close={() => (isOpen.value = false)} />}
    </>
  );
};
