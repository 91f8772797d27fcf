// Publishing: everything that is saved and not live, as it will be, and what is to be said of it first.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Guard } from "../frame/safe.js";
import { ask, type Change, type Changes, type Project, read, readAll, type Request, type ToLookAt } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Diff } from "../parts/diff.jsx";
import { Failure } from "../parts/failure.jsx";
import { to } from "../route.js";
import { saveName, typedPlaces } from "../typed.js";
import { localeName, t, when, written } from "../words.js";

interface Review {
  changes: Change[];
  /** The point in the log that is reviewed: just this is published. */
  seq: number;
  live: number | undefined;
  findings: ToLookAt[];
}

/** Entries with findings that are listed. */
const LISTED = 50;

const review = async (root: string): Promise<Review> => {
  let seq = 0, last = 0, live: number | undefined, changes: Change[] = [];
  // A list in several parts is of one moment only when nobody saved in between.
  for (let tries = 0; tries < 5 && (!tries || seq !== last); tries++) {
    seq = 0;
    changes = await readAll<Change, Changes>(`${root}/changes`, (page) => {
      seq ||= page.seq;
      last = page.seq;
      live = page.live ?? undefined;
    });
  }
  const findings = changes.length ? await readAll<ToLookAt>(`${root}/checks?state=findings`) : [];
  return { changes, seq, live, findings };
};

const placeOf = ({ locale, page, key }: { locale: string; page: string; key: string }): string => `${locale} ${page} ${key}`;

/** Changes by locale, then by page. */
const grouped = (changes: Change[]): Map<string, Map<string, Change[]>> => {
  const groups = new Map<string, Map<string, Change[]>>();
  for (const change of changes) {
    const pages = groups.get(change.locale) ?? new Map<string, Change[]>();
    groups.set(change.locale, pages);
    const list = pages.get(change.page);
    if (list) list.push(change);
    else pages.set(change.page, [change]);
  }
  return groups;
};

const Changed = ({ change, finding }: { change: Change; finding: ToLookAt | undefined }) => (
  <li>
    <code>{change.key}</code>{" "}
    <span {...written(change.locale)}>
      <Diff before={change.live ?? ""} after={change.draft ?? ""} />
    </span>
    {finding?.findings.map((one) => <p class={one.severity}>{one.message}</p>)}
  </li>
);

/** A request, until it has ended. */
const follow = async (root: string, request: number, seen: (request: Request) => void): Promise<Request> => {
  for (;;) {
    const { body } = await ask<Request>("GET", `${root}/releases/requests/${request}`, { headers: { prefer: "wait=5" } });
    seen(body);
    if (["done", "failed", "cancelled"].includes(body.state)) return body;
    if (body.state === "waiting" && Date.parse(body.due) > Date.now() + 10_000) return body;
  }
};

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
  const left = useSignal<Set<string>>(new Set());
  const note = useSignal(""), at = useSignal(""), asked = useSignal<Request | undefined>(undefined);
  const { isBusy, failure: wrong, act } = useAct();
  const found = value.value;
  const isAllowed = useRef(!guard);
  const publish = (event: Event) => {
    event.preventDefault();
    if (!found || !isAllowed.current) return;
    isAllowed.current = !guard;
    const groups = [...grouped(found.changes).keys()], locales = groups.filter((locale) => !left.value.has(locale));
    const body = {
      seq: found.seq,
      note: note.value,
      ...(left.value.size ? { locales } : {}),
      ...(at.value ? { publish_at: new Date(at.value).toISOString() } : {}),
    };
    act(async () => {
      const { body: request } = await ask<Request>("POST", `${root}/releases`, { body, headers: { "idempotency-key": saveName() } });
      asked.value = request;
      asked.value = await follow(root, request.request, (now) => (asked.value = now));
      again();
      published?.();
    });
  };
  const toggle = (locale: string) => {
    const next = new Set(left.value);
    if (!next.delete(locale)) next.add(locale);
    left.value = next;
  };
  if (!found) return failure.value ? <Failure of={failure.value} again={again} /> : <p class="quiet">{t("loading")}</p>;
  const findings = new Map(found.findings.map((one) => [placeOf(one), one]));
  const concerned = found.changes.filter((change) => findings.has(placeOf(change)));
  const groups = [...grouped(found.changes)];
  // A page that changes is not published while anything on it has a remark that the project does not let through.
  const pages = new Set(found.changes.filter(({ locale }) => !left.value.has(locale)).map(({ locale, page }) => `${locale} ${page}`));
  const blocking = found.findings.filter(
    ({ locale, page, findings }) => pages.has(`${locale} ${page}`) && findings.some(({ code }) => project.blocking.includes(code)),
  );
  const typed = typedPlaces(project.project).length;
  const isNothing = groups.every(([locale]) => left.value.has(locale));
  return (
    <div class="publish">
      <h2>{t("publish-title")}</h2>
      <p>{found.live ? t("live-release", { release: found.live }) : t("nothing-live")}</p>
      {typed > 0 && <p class="warning">{t("typed-count", { count: typed })}</p>}
      <Outcome project={project.project} request={asked.value} />
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
          {groups.map(([locale, pages]) => (
            <fieldset>
              <legend>
                <label>
                  <input type="checkbox" checked={!left.value.has(locale)} onChange={() => toggle(locale)} /> {localeName(locale)}
                </label>
              </legend>
              {[...pages].map(([page, changes]) => (
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
          </button>
        </form>
      )}
    </div>
  );
};

/** How far the last request has come. */
const Outcome = ({ project, request }: { project: string; request: Request | undefined }) => (
  <div role="status">
    {request && (
      <p class={request.state === "failed" ? "error" : "good"}>
        {request.state === "done" ? t("published", { release: request.release ?? 0 })
        : request.state === "failed" ? t("publish-failed", { detail: request.error ?? "" })
        : request.state === "waiting" && Date.parse(request.due) > Date.now() ? t("scheduled", { when: when(request.due) })
        : t("publishing")}{" "}
        {request.state === "done" && <a href={to(project, "releases")}>{t("releases")}</a>}
      </p>
    )}
  </div>
);
