// Making pages and entries.

import { ask, Refused } from "../api/index.js";
import { fields, useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

export const NewPage = ({ root, known, made }: { root: string; known: string[]; made: (page: string) => void }) => {
  const { isBusy, failure, act } = useAct();
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement, { page = "" } = fields(form);
    act(async () => {
      if (known.includes(page)) throw new Refused(t("exists", { name: page }));
      await ask("PUT", `${root}/pages/${encodeURIComponent(page)}`, { body: {} });
      form.reset();
      made(page);
    });
  };
  return (
    <details class="new">
      <summary>{t("new-page")}</summary>
      <form onSubmit={make}>
        <label>
          {t("page-name")}
          <input name="page" required pattern="[A-Za-z0-9_\-]+" maxLength={200} autocomplete="off" aria-describedby="page-help" />
        </label>
        <p class="quiet" id="page-help">
          {t("page-name-help")}
        </p>
        <Failure of={failure.value} />
        <button class="main" disabled={isBusy.value}>
          {t("create")}
        </button>
      </form>
    </details>
  );
};

interface Entry {
  root: string;
  page: string;
  /** The keys that there are. */
  known: string[];
  made: () => void;
}

export const NewEntry = ({ root, page, known, made }: Entry) => {
  const { isBusy, failure, act } = useAct();
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement, { key = "", kind, note, most } = fields(form);
    const body = { kind, note, ...(most ? { max_length: Number(most) } : {}) };
    act(async () => {
      if (known.includes(key)) throw new Refused(t("exists", { name: key }));
      await ask("PUT", `${root}/pages/${page}/entries/${encodeURIComponent(key)}`, { body });
      form.reset();
      made();
    });
  };
  return (
    <details class="new">
      <summary>{t("new-entry")}</summary>
      <form onSubmit={make}>
        <label>
          {t("key")}
          <input name="key" required autocomplete="off" aria-describedby="key-help" />
        </label>
        <p class="quiet" id="key-help">
          {t("key-help")}
        </p>
        <label>
          {t("kind")}
          <select name="kind">
            <option value="text">{t("kind-text")}</option>
            <option value="html">{t("kind-html")}</option>
          </select>
        </label>
        <label>
          {t("entry-note")}
          <input name="note" autocomplete="off" />
        </label>
        <label>
          {t("entry-most")}
          <input name="most" type="number" min={1} />
        </label>
        <Failure of={failure.value} />
        <button class="main" disabled={isBusy.value}>
          {t("create")}
        </button>
      </form>
    </details>
  );
};
