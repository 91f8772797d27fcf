// The languages of a project: how far each has come, and from which its missing texts are taken.

import { ask, type Checks, type Locale, read, readAll, Refused } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { fields, useAct } from "../parts/act.js";
import { Confirm } from "../parts/confirm.jsx";
import { Failure } from "../parts/failure.jsx";
import { localeName, t } from "../words.js";

const listed = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

const Progress = ({ of }: { of: Checks["progress"][string] | undefined }) => {
  if (!of?.entries) return null;
  const written = of.entries - of.missing;
  return (
    <>
      <progress max={of.entries} value={written} aria-label={t("progress", { written, all: of.entries })} />
      <span class="quiet">
        {t("progress", { written, all: of.entries })}
        {of.outdated > 0 && `, ${t("outdated", { count: of.outdated })}`}
      </span>
    </>
  );
};

const One = ({ root, locale, checks, again }: { root: string; locale: Locale; checks: Checks; again: () => void }) => {
  const { isBusy, failure, act } = useAct();
  const path = `${root}/locales/${locale.locale}`, name = localeName(locale.locale);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const fallback = listed(fields(event.currentTarget)["fallback"] ?? "");
    act(async () => {
      await ask("PUT", path, { body: { name: locale.name, fallback } });
      again();
    });
  };
  return (
    <li class="card">
      <h3>
        {name} <code>{locale.locale}</code> {locale.source && <span class="quiet">{t("source")}</span>}
      </h3>
      <Progress of={checks.progress[locale.locale]} />
      {!locale.source && (
        <form class="row" onSubmit={save}>
          <label>
            {t("fallback")}
            <input name="fallback" defaultValue={locale.fallback.join(", ")} autocomplete="off" />
          </label>
          <button disabled={isBusy.value}>{t("save")}</button>
          <Confirm
            label={t("remove")}
            about={name}
            question={t("remove-locale", { name })}
            work={async () => {
              await ask("DELETE", path);
              again();
            }}
          />
        </form>
      )}
      <Failure of={failure.value} />
    </li>
  );
};

export const Locales = ({ root, changed }: { root: string; changed: () => void }) => {
  const { value, failure, again: readAgain } = useLoaded(async () => {
    const [locales, checks] = await Promise.all([readAll<Locale>(`${root}/locales`), read<Checks>(`${root}/checks?limit=1`)]);
    return { locales, checks };
  }, [root]);
  const again = () => {
    readAgain();
    changed();
  };
  const adding = useAct();
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement, { locale } = fields(form);
    adding.act(async () => {
      if (value.value?.locales.some((one) => one.locale.toLowerCase() === locale?.toLowerCase()))
        throw new Refused(t("exists", { name: locale ?? "" }));
      await ask("PUT", `${root}/locales/${encodeURIComponent(locale ?? "")}`, { body: {} });
      form.reset();
      again();
    });
  };
  const found = value.value;
  return (
    <section aria-labelledby="locales">
      <h2 id="locales">{t("locales")}</h2>
      <Failure of={failure.value} again={again} />
      <ul class="cards">
        {found?.locales.map((locale) => <One key={locale.locale} root={root} locale={locale} checks={found.checks} again={again} />)}
      </ul>
      <form class="row" onSubmit={add}>
        <label>
          {t("new-locale")}
          <input name="locale" required autocomplete="off" aria-describedby="locale-help" />
        </label>
        <button class="main" disabled={adding.isBusy.value}>
          {t("add")}
        </button>
        <p class="quiet" id="locale-help">
          {t("new-locale-help")}
        </p>
      </form>
      <Failure of={adding.failure.value} />
    </section>
  );
};
