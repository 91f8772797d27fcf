// Writing: the pages at the side, the entries of one of them in the middle.

import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Checks, Locale, Page, Project } from "../api/index.js";
import { ask, read, readAll } from "../api/index.js";
import { keepSource } from "../api/kept.js";
import { useLoaded } from "../loaded.js";
import { Confirm } from "../parts/confirm.jsx";
import { Failure } from "../parts/failure.jsx";
import { go, to } from "../route.js";
import { Copied } from "../parts/copied.jsx";
import { changes, dropTyped, type Place, typedAt, typedPlaces } from "../typed.js";
import { localeName, t } from "../words.js";
import { Entries } from "../write/entries.jsx";
import { Script } from "../settings/script.jsx";
import { NewEntry, NewPage } from "../write/new.jsx";
import { Elsewhere, Here, usePresence } from "../write/presence.jsx";
import { PreviewLink } from "../write/preview-link.jsx";
import { Rename } from "../write/rename.jsx";
import { Sheet } from "../write/sheet.js";

/** What was typed for entries that are not there any more: nobody can save it, but it is not lost. */
const Gone = ({ project, isGone }: { project: string; isGone: (place: Place) => boolean }) => {
  const all = useComputed(() => (changes.value, typedPlaces(project)));
  const places = all.value.filter(isGone);
  if (!places.length) return null;
  return (
    <section class="conflict" aria-label={t("gone")}>
      <p>{t("gone")}</p>
      <ul>
        {places.map((place) => {
          const typed = typedAt(place);
          return typed && (
            <li key={`${place.locale} ${place.page} ${place.key}`}>
              <Copied text={typed.value} label={`${localeName(place.locale)} · ${place.page} · ${place.key}`} />
              <button type="button" onClick={() => dropTyped(place, typed.save)}>
                {t("throw-away")}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const SheetScreen = ({ project, locale, page, source }: { project: string; locale: string; page: string; source: string }) => {
  usePresence(project, locale, page);
  const newest = useRef<Sheet | undefined>(undefined);
  const { value, failure, again } = useLoaded(async () => {
    newest.current?.close();
    keepSource(project, source);
    const sheet = (newest.current = new Sheet(project, locale, page, source));
    await sheet.open();
    return sheet;
  }, [project, locale, page]);
  const sheet = value.value;
  useEffect(() => () => newest.current?.close(), []);
  const isThis = sheet?.page === page && sheet.locale === locale && sheet.project === project;
  if (failure.value) return <Failure of={failure.value} again={again} />;
  if (!isThis) return <p class="quiet">{t("loading")}</p>;
  return (
    <>
      <Gone
        project={project}
        isGone={(place) => place.page === page && place.locale === locale && !sheet.rows.value.some((row) => row.entry.key === place.key)}
      />
      {sheet.rows.value.length ? <Entries key={`${locale} ${page}`} sheet={sheet} again={again} /> : <p>{t("no-entries")}</p>}
      <NewEntry root={`/projects/${project}`} page={page} known={sheet.rows.value.map((row) => row.entry.key)} made={again} />
    </>
  );
};

interface Overview {
  locales: Locale[];
  pages: Page[];
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

export const Write = ({ project, at: [at, on], again: anew }: { project: Project; at: string[]; again: () => void }) => {
  const root = `/projects/${project.project}`, source = project.source ?? "";
  const { value, failure, again } = useLoaded<Overview>(async () => {
    const [locales, pages] = await Promise.all([readAll<Locale>(`${root}/locales`), readAll<Page>(`${root}/pages`)]);
    return { locales, pages };
  }, [root]);
  // How far everything has come takes longer, and nobody waits for it.
  const checks = useLoaded(() => read<Checks>(`${root}/checks?limit=1`), [root, value.value]);
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
        <ul class="cards">
          <li class="card">
            <Script root={root} project={project} again={anew} />
            <p>{t("first-site")}</p>
          </li>
          <li class="card">
            <p>
              <a href={to(project.project, "files")}>{t("first-files")}</a>
            </p>
            <NewPage root={root} known={[]} made={made} />
          </li>
        </ul>
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
                <Elsewhere page={one.page} />
                <Progress of={checks.value.value?.progress[locale]} page={one.page} />
              </a>
            </li>
          ))}
        </ul>
        <NewPage root={root} known={found.pages.map((one) => one.page)} made={made} />
        <PreviewLink project={project} />
        {project.origins.length > 0 && (
          <details class="new">
            <summary>{t("edit-on-site")}</summary>
            <ul>
              {project.origins.map((origin) => (
                <li>
                  <a href={`${origin}/#copydesk`} target="_blank" rel="noopener">
                    {origin}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        )}
      </nav>
      <section>
        <div class="head">
          <h2>{page}</h2>
          <Rename
            key={page}
            path={`${root}/pages/${page}/rename`}
            name={page}
            label={t("page-name")}
            pattern="[A-Za-z0-9_\-]+"
            help={t("page-name-help")}
            body={(to) => ({ page: to })}
            isDirty={typed.value.some((place) => place.page === page)}
            done={made}
          />
          <Confirm
            label={t("remove")}
            about={page}
            question={t("remove-page", { name: page })}
            work={async () => {
              await ask("DELETE", `${root}/pages/${page}`);
              again();
            }}
          />
        </div>
        <Here page={page} locale={locale} />
        <p class="quiet keys">{t("keys")}</p>
        <Gone
          project={project.project}
          isGone={(place) => !found.pages.some((one) => one.page === place.page) || !found.locales.some((one) => one.locale === place.locale)}
        />
        <SheetScreen project={project.project} locale={locale} page={page} source={source} />
      </section>
    </div>
  );
};
