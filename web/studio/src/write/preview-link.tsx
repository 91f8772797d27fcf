// A link that shows the site as it would be if everything were published, to somebody without an account.

import { useSignal } from "@preact/signals";
import { ask, type PreviewLink as Made, type Project } from "../api/index.js";
import { fields, useAct } from "../parts/act.js";
import { Copied } from "../parts/copied.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Failure } from "../parts/failure.jsx";
import { t, when } from "../words.js";

/** How long a link may last, in days. */
const DAYS = [1, 7, 30, 90];

const DAY = 24 * 60 * 60 * 1000;

/** A moment is left for clocks that differ. */
const LEEWAY = 60_000;

const Form = ({ project, close }: { project: Project; close: () => void }) => {
  const { isBusy, failure, act } = useAct();
  const made = useSignal<{ token: string; link: string; until: string } | undefined>(undefined), isEnded = useSignal(false);
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const { url = "", days, name } = fields(event.currentTarget);
    act(async () => {
      const expires = new Date(Date.now() + Number(days) * DAY - LEEWAY).toISOString();
      const { body } = await ask<Made>("POST", `/projects/${project.project}/previews`, { body: { name, expires } });
      isEnded.value = false;
      made.value = { token: body.token, link: `${url.replace(/#.*/, "")}#copydesk-preview=${body.secret}`, until: body.expires };
    });
  };
  return (
    <Dialog title={t("preview-link")} close={close}>
      <p>{t("preview-help")}</p>
      <form onSubmit={make}>
        <label>
          {t("preview-url")}
          <input name="url" type="url" required defaultValue={project.origins[0] && `${project.origins[0]}/`} placeholder="https://www.example.com/" />
        </label>
        <label>
          {t("preview-name")}
          <input name="name" maxLength={200} autocomplete="off" />
        </label>
        <label>
          {t("preview-lasts")}
          <select name="days" defaultValue="7">
            {DAYS.map((days) => (
              <option value={days} selected={days === 7}>
                {t("days", { count: days })}
              </option>
            ))}
          </select>
        </label>
        <Failure of={failure.value} />
        <button class="main" disabled={isBusy.value}>
          {t("preview-make")}
        </button>
        <div role="status">
          {isEnded.value && <p class="good">{t("preview-ended")}</p>}
          {made.value && !isEnded.value && (
            <>
              <Copied text={made.value.link} label={t("preview-once", { when: when(made.value.until) })} />
              <p class="quiet">{t("preview-end")}</p>
              <button
                type="button"
                disabled={isBusy.value}
                onClick={() =>
                  act(async () => {
                    await ask("DELETE", `/projects/${project.project}/previews/${made.value!.token}`);
                    isEnded.value = true;
                  })
                }
              >
                {t("preview-now")}
              </button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  );
};

export const PreviewLink = ({ project }: { project: Project }) => {
  const isOpen = useSignal(false);
  return (
    <>
      <button type="button" class="plain" aria-haspopup="dialog" onClick={() => (isOpen.value = true)}>
        {t("preview-link")}
      </button>
      {isOpen.value && <Form project={project} close={() => (isOpen.value = false)} />}
    </>
  );
};
