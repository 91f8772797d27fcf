// Bringing copy in from files: what each would change is shown before anything is saved.

import { useSignal } from "@preact/signals";
import { type Locale, type Project, readAll } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Diff } from "../parts/diff.jsx";
import { Failure } from "../parts/failure.jsx";
import { localeName, t, written } from "../words.js";
import { known, type Plan, plan, take, type Taken, unpacked } from "./plan.js";
import { type Outcome, prepare, save } from "./save.js";

/** Texts of a file that are shown. */
const SHOWN = 100;

const Report = ({ plan }: { plan: Plan }) => {
  const added = plan.wanted.filter(({ before }) => before === undefined).length;
  return (
    <li class="card">
      <h3>
        {plan.name} <span class="quiet">{`${localeName(plan.locale)} · ${plan.page}`}</span>
      </h3>
      <p>{t("import-counts", { added, changed: plan.wanted.length - added, same: plan.same, refused: plan.remarks.length })}</p>
      {plan.remarks.length > 0 && (
        <ul>
          {plan.remarks.slice(0, SHOWN).map(({ line, reason }) => (
            <li class="warning">
              {line > 0 && `${t("line", { line })} `}
              {reason}
            </li>
          ))}
        </ul>
      )}
      {plan.wanted.length > 0 && (
        <details>
          <summary>{t("changes", { count: plan.wanted.length })}</summary>
          <ul class="changed">
            {plan.wanted.slice(0, SHOWN).map(({ key, before, value }) => (
              <li>
                <code>{key}</code>
                <p {...written(plan.locale)}>
                  <Diff before={before ?? ""} after={value} />
                </p>
              </li>
            ))}
          </ul>
          {plan.wanted.length > SHOWN && <p class="quiet">{t("import-first", { count: SHOWN })}</p>}
        </details>
      )}
    </li>
  );
};

/** Asks what files do not say themselves. */
const Unclear = ({ files, locales, given }: { files: Taken[]; locales: Locale[]; given: () => void }) => (
  <ul class="cards">
    {files.map((file) => (
      <li class="card">
        <h3>{file.name}</h3>
        <div class="row">
          <label>
            {t("locale")}
            <select
              value={file.locale ?? ""}
              onChange={(event) => {
                file.locale = event.currentTarget.value || undefined;
                given();
              }}
            >
              <option value="">–</option>
              {locales.map(({ locale }) => (
                <option value={locale}>{localeName(locale)}</option>
              ))}
            </select>
          </label>
          <label>
            {t("page-name")}
            <input
              defaultValue={file.page ?? ""}
              pattern="[A-Za-z0-9_\-]+"
              onChange={(event) => {
                file.page = event.currentTarget.value.trim() || undefined;
                given();
              }}
            />
          </label>
        </div>
      </li>
    ))}
  </ul>
);

interface State {
  files: Taken[];
  plans: Plan[];
  pages: Set<string>;
}

export const Import = ({ project }: { project: Project }) => {
  const root = `/projects/${project.project}`, source = project.source ?? "";
  const { isBusy, failure, act } = useAct();
  const state = useSignal<State | undefined>(undefined), outcome = useSignal<Outcome | undefined>(undefined);
  const under = useSignal<{ done: number; of: number } | undefined>(undefined);
  const locales = useLoaded(() => readAll<Locale>(`${root}/locales`), [root]);
  /** Goes through things one by one, and shows how far it is. */
  const through = async <One,>(all: One[], work: (one: One) => Promise<void>): Promise<void> => {
    for (const [done, one] of all.entries()) {
      under.value = { done, of: all.length };
      await work(one);
    }
    under.value = undefined;
  };
  const hold = async (files: Taken[]): Promise<void> => {
    const there = await known(root), plans: Plan[] = [];
    await through(files.filter((file) => file.contents && file.locale && file.page), async (file) => {
      plans.push(await plan(root, source, there, file));
    });
    state.value = { files, plans, pages: there.pages };
  };
  const choose = (chosen: FileList | null) =>
    act(async () => {
      outcome.value = undefined;
      state.value = undefined;
      const files: Taken[] = [], names = new Set(locales.value.value?.map(({ locale }) => locale));
      await through(await unpacked(chosen ?? []), async ({ name, bytes }) => void files.push(await take(root, names, name, bytes)));
      await hold(files);
    });
  const bring = () =>
    act(async () => {
      const result: Outcome = { saved: 0, refused: [] }, { plans, pages } = state.value!;
      try {
        await prepare(root, source, pages, plans);
        await through(plans, (one) => save(root, source, one, result));
      } finally {
        // What was saved before something failed is saved all the same.
        outcome.value = result;
        under.value = undefined;
      }
      state.value = undefined;
    });
  const shown = state.value;
  const unread = shown?.files.filter(({ contents }) => !contents) ?? [];
  const unclear = shown?.files.filter(({ contents, locale, page }) => contents && !(locale && page)) ?? [];
  const count = shown?.plans.reduce((sum, { wanted, sources }) => sum + wanted.length + sources.length, 0) ?? 0;
  return (
    <section aria-labelledby="import">
      <h2 id="import">{t("import")}</h2>
      <p class="quiet" id="import-help">
        {t("import-help")}
      </p>
      <label>
        {t("import-choose")}
        <input
          type="file"
          multiple
          accept=".ftl,.json,.xlf,.xliff,.po,.csv,.zip"
          disabled={isBusy.value || !locales.value.value}
          aria-describedby="import-help"
          onChange={(event) => choose(event.currentTarget.files)}
        />
      </label>
      <Failure of={failure.value ?? locales.failure.value} />
      <div role="status">
        {under.value && (
          <label>
            {t("import-under")} <progress value={under.value.done} max={under.value.of} />
          </label>
        )}
        {outcome.value && (
          <>
            <p class="good">{t("replaced", { count: outcome.value.saved })}</p>
            {outcome.value.refused.map((one) => (
              <p class="error">{one}</p>
            ))}
          </>
        )}
      </div>
      {unread.map(({ name, remarks: [remark] }) => (
        <p class="error">
          {name}: {remark?.reason}
        </p>
      ))}
      {unclear.length > 0 && (
        <>
          <p>{t("import-unclear")}</p>
          <Unclear files={unclear} locales={locales.value.value ?? []} given={() => act(() => hold(shown!.files))} />
        </>
      )}
      {shown && (
        <>
          <ul class="cards">
            {shown.plans.map((one) => (
              <Report plan={one} />
            ))}
          </ul>
          <button type="button" class="main" disabled={isBusy.value || !count} onClick={bring}>
            {t("import-save", { count })}
          </button>
        </>
      )}
    </section>
  );
};
