// Writing: the pages at the side, the entries of one of them in the middle.

import { computed, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Checks, Locale, Page, Project } from "../api/index.js";
import { read, readAll } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { Failure } from "../parts/failure.jsx";
import { go, to } from "../route.js";
import { changes, typedPlaces } from "../typed.js";
import { localeName, t } from "../words.js";
import { EntryRow } from "../write/entry.jsx";
import { NewEntry, NewPage } from "../write/new.jsx";
import { type Row, Sheet } from "../write/sheet.js";

/** Rows that are put into the page at once: a long page grows as it is scrolled. */
const PORTION = 60;

type Show = "all" | "missing" | "findings" | "not-live";

const isShown = (row: Row, show: Show, wanted: string): boolean => {
  const value = row.typed.value?.value ?? row.saved.value?.value ?? "";
  const of = {
    all: true,
    missing: !value,
    findings: row.findings.value.length > 0,
    "not-live": row.live.value !== undefined || row.typed.value !== undefined,
  };
  const text = `${row.entry.key} ${row.source.value ?? ""} ${value}`.toLocaleLowerCase();
  return of[show] && text.includes(wanted.toLocaleLowerCase());
};

const Entries = ({ sheet }: { sheet: Sheet }) => {
  const show = useSignal<Show>("all"), wanted = useSignal(""), count = useSignal(PORTION);
  // What is chosen stays shown while it is written in: it is chosen anew when the filter changes.
  const chosen = useMemo(
    () => computed(() => [show.value, wanted.value, sheet.rows.value] as const),
    [sheet],
  );
  const rows = useMemo(() => {
    const [which, text, all] = chosen.value;
    return all.filter((row) => isShown(row, which, text));
  }, [chosen.value]);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const look = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) count.value += PORTION;
    }, { rootMargin: "800px" });
    look.observe(end.current!);
    return () => look.disconnect();
  }, [rows, count.value]);
  const shown = rows.slice(0, count.value);
  return (
    <>
      <div class="filters" role="search">
        <label>
          {t("find")}
          <input type="search" id="find" value={wanted.value} onInput={(event) => (wanted.value = event.currentTarget.value)} />
        </label>
        <label>
          {t("show")}
          <select value={show.value} onChange={(event) => (show.value = event.currentTarget.value as Show)}>
            {(["all", "missing", "findings", "not-live"] as const).map((one) => (
              <option value={one}>{t(`show-${one}`)}</option>
            ))}
          </select>
        </label>
        <p class="quiet" role="status">
          {t("entries", { count: rows.length })}
        </p>
      </div>
      {sheet.unkept.value && (
        <p class="error" role="alert">
          {t("not-kept")}
        </p>
      )}
      <ul class="entries">
        {shown.map((row) => (
          <EntryRow key={row.entry.key} sheet={sheet} row={row} />
        ))}
      </ul>
      <div ref={end} />
    </>
  );
};

const SheetScreen = ({ project, locale, page, source }: { project: string; locale: string; page: string; source: string }) => {
  const { value, failure, again } = useLoaded(async () => {
    const sheet = new Sheet(project, locale, page, source);
    await sheet.open();
    return sheet;
  }, [project, locale, page]);
  const sheet = value.value;
  useEffect(() => () => sheet?.close(), [sheet]);
  const isThis = sheet?.page === page && sheet.locale === locale && sheet.project === project;
  if (failure.value) return <Failure of={failure.value} again={again} />;
  if (!isThis) return <p class="quiet">{t("loading")}</p>;
  return (
    <>
      {sheet.rows.value.length ? <Entries key={`${locale} ${page}`} sheet={sheet} /> : <p>{t("no-entries")}</p>}
      <NewEntry root={`/projects/${project}`} page={page} made={again} />
    </>
  );
};

interface Overview {
  locales: Locale[];
  pages: Page[];
  checks: Checks;
}

const Progress = ({ of, page }: { of: Checks["progress"][string] | undefined; page?: string }) => {
  const one = page ? of?.pages[page] : of;
  if (!one) return null;
  const missing = one.missing;
  return missing ? (
    <span class="count" title={t("missing-count", { count: missing })}>
      {missing}
      <span class="unseen"> {t("missing-count", { count: missing })}</span>
    </span>
  ) : (
    <span class="done" title={t("complete")}>
      ✓<span class="unseen"> {t("complete")}</span>
    </span>
  );
};

export const Write = ({ project, at: [at, on] }: { project: Project; at: string[] }) => {
  const root = `/projects/${project.project}`, source = project.source ?? "";
  const { value, failure, again } = useLoaded<Overview>(async () => {
    const [locales, pages, checks] = await Promise.all([
      readAll<Locale>(`${root}/locales`),
      readAll<Page>(`${root}/pages`),
      read<Checks>(`${root}/checks?limit=1`),
    ]);
    return { locales, pages, checks };
  }, [root]);
  const typed = useComputed(() => (changes.value, typedPlaces(project.project)));
  const found = value.value;
  if (!found) return failure.value ? <Failure of={failure.value} again={again} /> : <p class="quiet">{t("loading")}</p>;
  const made = (name: string) => {
    again();
    go(project.project, "write", source, name);
  };
  if (!found.pages.length)
    return (
      <>
        <p>{t("no-pages")}</p>
        <NewPage root={root} made={made} />
      </>
    );
  const locale = found.locales.find((one) => one.locale === at)?.locale ?? source;
  const page = found.pages.find((one) => one.page === on)?.page ?? found.pages[0]!.page;
  const unsaved = (name: string) => typed.value.filter((place) => place.page === name && place.locale === locale).length;
  return (
    <div class="write">
      <nav aria-label={t("pages")}>
        <label>
          {t("locale")}
          <select value={locale} onChange={(event) => go(project.project, "write", event.currentTarget.value, page)}>
            {found.locales.map((one) => (
              <option value={one.locale}>
                {localeName(one.locale)}
                {one.source ? ` (${t("source")})` : ""}
              </option>
            ))}
          </select>
        </label>
        <ul>
          {found.pages.map((one) => (
            <li>
              <a href={to(project.project, "write", locale, one.page)} aria-current={one.page === page ? "page" : undefined}>
                {one.page} {unsaved(one.page) > 0 && <span class="typed-mark" title={t("state-typed")}>●</span>}
                <Progress of={found.checks.progress[locale]} page={one.page} />
              </a>
            </li>
          ))}
        </ul>
        <NewPage root={root} made={made} />
      </nav>
      <section>
        <h2>{page}</h2>
        <p class="quiet keys">{t("keys")}</p>
        <SheetScreen project={project.project} locale={locale} page={page} source={source} />
      </section>
    </div>
  );
};
