// Publishing: everything that is saved and not live, as it will be, and what is to be said of it first.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Again } from "../frame/again.jsx";
import type { Guard } from "../frame/safe.js";
import { ask, type Change, type Project, type Request, type ToLookAt } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Diff } from "../parts/diff.jsx";
import { Failure } from "../parts/failure.jsx";
import { Later } from "../publish/later.jsx";
import { follow, type Going, Outcome } from "../publish/outcome.jsx";
import { grouped, placeOf, review } from "../publish/review.js";
import { to } from "../route.js";
import { saveName, typedPlaces } from "../typed.js";
import { localeName, t, written } from "../words.js";

/** Entries with findings that are listed. */
const LISTED = 50;

const Changed = ({ change, finding }: { change: Change; finding: ToLookAt | undefined }) => (
  <li>
    <code>{change.key}</code>{" "}
    <span {...written(change.locale)}>
      <Diff before={change.live ?? ""} after={change.draft ?? ""} />
    </span>
    {finding?.findings.map((one) => <p class={one.severity}>{one.message}</p>)}
  </li>
);

interface Props {
  project: Project;
  /** In a site: whether the button can be seen, and was pressed by who saw it. */
  guard?: Guard;
  /** Something was published. */
  published?: () => void;
}

export const Publish = ({ project, guard, published }: Props) => {
  const root = `/projects/${project.project}`;
  const { value, failure, again } = useLoaded(() => review(root), [root]);
  // What is left out: languages, and pages in all of them.
  const left = useSignal<Set<string>>(new Set()), without = useSignal<Set<string>>(new Set());
  const note = useSignal(""), at = useSignal(""), asked = useSignal<Going | undefined>(undefined);
  // What was removed goes only with everything.
  const isAmong = (all: string[], out: Set<string>, one: string): boolean => !out.size || (all.includes(one) && !out.has(one));
  const isIn = ({ locale, page }: { locale: string; page: string }): boolean =>
    isAmong(found!.locales, left.value, locale) && isAmong(found!.pages, without.value, page);
  const { isBusy, failure: wrong, act } = useAct();
  const found = value.value;
  const isAllowed = useRef(!guard);
  const publish = (event: Event) => {
    event.preventDefault();
    if (!found || !isAllowed.current) return;
    isAllowed.current = !guard;
    // Also where nothing was written: what is left in may show itself there, by a fallback or a term.
    const scope = (all: string[], out: Set<string>) => all.filter((one) => !out.has(one));
    const body = {
      seq: found.seq,
      note: note.value,
      ...(left.value.size ? { locales: scope(found.locales, left.value) } : {}),
      ...(without.value.size ? { pages: scope(found.pages, without.value) } : {}),
      ...(at.value ? { publish_at: new Date(at.value).toISOString() } : {}),
    };
    act(async () => {
      const { body: request } = await ask<Request>("POST", `${root}/releases`, { body, headers: { "idempotency-key": saveName() } });
      asked.value = { request };
      await follow(root, request.request, (going) => (asked.value = going));
      left.value = without.value = new Set();
      again();
      published?.();
    });
  };
  const toggle = (out: typeof left, one: string) => {
    const next = new Set(out.value);
    if (!next.delete(one)) next.add(one);
    out.value = next;
  };
  if (!found) return failure.value ? <Failure of={failure.value} again={again} /> : <p class="quiet">{t("loading")}</p>;
  const findings = new Map(found.findings.map((one) => [placeOf(one), one]));
  const concerned = found.changes.filter((change) => findings.has(placeOf(change)));
  const groups = [...grouped(found.changes)];
  // A page that changes is not published while anything on it has a remark that the project does not let through.
  const pages = new Set(found.changes.filter(isIn).map(({ locale, page }) => `${locale} ${page}`));
  const blocking = found.findings.filter(
    ({ locale, page, findings }) => pages.has(`${locale} ${page}`) && findings.some(({ code }) => project.blocking.includes(code)),
  );
  const typed = typedPlaces(project.project).length;
  const isNothing = !found.changes.some(isIn), changed = [...new Set(found.changes.map(({ page }) => page))].filter((page) => found.pages.includes(page));
  return (
    <div class="publish">
      <h2>{t("publish-title")}</h2>
      <p>{found.live ? t("live-release", { release: found.live }) : t("nothing-live")}</p>
      {typed > 0 && <p class="warning">{t("typed-count", { count: typed })}</p>}
      <Outcome project={project} going={asked.value} isHere={guard !== undefined} />
      <Failure of={failure.value ?? wrong.value} again={failure.value ? again : undefined} />
      {groups.length === 0 ? (
        <p>{t("nothing-to-publish")}</p>
      ) : (
        <form onSubmit={publish}>
          <p>{t("changes", { count: found.changes.length })}</p>
          {concerned.length > 0 && <p class="warning">{t("findings-count", { count: Math.min(concerned.length, LISTED) })}</p>}
          {blocking.length > 0 && (
            <div class="error" role="alert">
              <p>{t("blocking", { count: blocking.length })}</p>
              <ul>
                {blocking.slice(0, LISTED).map((one) => (
                  <li>
                    <a href={to(project.project, "write", one.locale, one.page)}>
                      {localeName(one.locale)}, {one.page}, {one.key}
                    </a>
                    : {one.findings.filter(({ code }) => project.blocking.includes(code)).map(({ message }) => message).join(" ")}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {changed.length > 1 && (
            <details>
              <summary>{t("publish-pages", { count: changed.filter((page) => !without.value.has(page)).length, of: changed.length })}</summary>
              {changed.map((page) => (
                <label>
                  <input type="checkbox" checked={!without.value.has(page)} onChange={() => toggle(without, page)} /> {page}
                </label>
              ))}
            </details>
          )}
          {groups.map(([locale, pages]) => (
            <fieldset>
              <legend>
                {found.locales.includes(locale) ? (
                  <label>
                    <input type="checkbox" checked={!left.value.has(locale)} onChange={() => toggle(left, locale)} /> {localeName(locale)}
                  </label>
                ) : (
                  localeName(locale)
                )}
              </legend>
              {[...pages].filter(([page]) => isIn({ locale, page }) || left.value.has(locale)).map(([page, changes]) => (
                <details open={found.changes.length <= 100}>
                  <summary>
                    {page} <span class="quiet">{t("changes", { count: changes.length })}</span>
                  </summary>
                  <ul class="changed">
                    {changes.map((change) => (
                      <Changed key={placeOf(change)} change={change} finding={findings.get(placeOf(change))} />
                    ))}
                  </ul>
                </details>
              ))}
            </fieldset>
          ))}
          <label>
            {t("note")}
            <input maxLength={1000} value={note.value} onInput={(event) => (note.value = event.currentTarget.value)} />
          </label>
          <label>
            {t("publish-at")}
            <input type="datetime-local" value={at.value} onInput={(event) => (at.value = event.currentTarget.value)} />
          </label>
          <button
            class="main"
            ref={guard?.button}
            disabled={isBusy.value || isNothing || blocking.length > 0 || guard?.isSafe.value === false}
            onClick={(event) => {
              if (guard) isAllowed.current = guard.allows(event);
            }}
          >
            {at.value ? t("schedule") : t("publish")}
          </button>{" "}
          <Again guard={guard} />
        </form>
      )}
      <Later root={root} on={asked.value?.request.request} cancelled={() => (asked.value = undefined)} />
    </div>
  );
};
