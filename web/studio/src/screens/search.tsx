// Finding texts in every language, and replacing words in them: each replacement is shown before it is saved.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask, type Found, type FoundEntry, type Locale, type Project, read, readAll } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Diff } from "../parts/diff.jsx";
import { Failure } from "../parts/failure.jsx";
import { to } from "../route.js";
import { saveName } from "../typed.js";
import { localeName, t, written } from "../words.js";

/** Entries that are read, and shown, at a time, and the most that the API gives. */
const PAGE = 100, MOST = 1000;

/** How long nothing is typed before it is looked for, in milliseconds. */
const REST = 200;

const STATES = ["missing", "outdated", "findings", "changed"] as const;

/** Of languages that are written without blanks. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

/** What was typed, with blanks between its words: the API looks for what stands between those. */
const spaced = (typed: string): string =>
  typed.startsWith('"') || !UNSPACED.test(typed) || !("Segmenter" in Intl)
    ? typed
    : [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(typed)].map(({ segment }) => segment).join(" ");

type State = "" | (typeof STATES)[number];

const placeOf = ({ locale, page, key }: FoundEntry): string => `${locale} ${page} ${key}`;

/** What was replaced, and what somebody else changed in between. */
interface Outcome {
  saved: number;
  refused: string[];
}

interface DraftsResult {
  results: { key: string; version?: number | null; problem?: { detail: string } | null }[];
}

/** Saves new values, those of a page in a locale together; each stands on the version that was found. */
const replaceAll = async (root: string, entries: FoundEntry[], made: (entry: FoundEntry) => string): Promise<Outcome> => {
  const outcome: Outcome = { saved: 0, refused: [] };
  const groups = new Map<string, FoundEntry[]>();
  for (const entry of entries) {
    const path = `${entry.locale}/${entry.page}`;
    groups.set(path, [...(groups.get(path) ?? []), entry]);
  }
  for (const [path, group] of groups) {
    const drafts = group.map((entry) => ({ key: entry.key, value: made(entry) || null, version: entry.version ?? 0 }));
    const headers = { "idempotency-key": saveName() };
    const answer = ask<DraftsResult>("PATCH", `${root}/drafts/${path}`, { body: { drafts }, headers });
    const { body } = await answer.catch((error: Error) => ({
      // What was saved before is saved all the same.
      body: { results: drafts.map(({ key }) => ({ key, version: null, problem: { detail: error.message } })) },
    }));
    for (const { key, version, problem } of body.results)
      if (version) outcome.saved += 1;
      else outcome.refused.push(`${path} ${key}: ${problem?.detail ?? ""}`);
  }
  return outcome;
};

const Replace = ({ root, wanted, items, done }: { root: string; wanted: string; items: FoundEntry[]; done: () => void }) => {
  const by = useSignal(""), left = useSignal<Set<string>>(new Set()), outcome = useSignal<Outcome | undefined>(undefined);
  const { isBusy, failure, act } = useAct();
  const made = ({ value }: FoundEntry): string => (value ?? "").replaceAll(wanted, () => by.value);
  const concerned = items.filter(({ value }) => value?.includes(wanted));
  const chosen = concerned.filter((entry) => !left.value.has(placeOf(entry)));
  const toggle = (place: string) => {
    const next = new Set(left.value);
    if (!next.delete(place)) next.add(place);
    left.value = next;
  };
  const replace = (event: Event) => {
    event.preventDefault();
    act(async () => {
      outcome.value = await replaceAll(root, chosen, made);
      done();
    });
  };
  return (
    <details class="new">
      <summary>{t("replace")}</summary>
      <form onSubmit={replace}>
        <label>
          {t("replace-by", { wanted })}
          <input value={by.value} autocomplete="off" onInput={(event) => (by.value = event.currentTarget.value)} />
        </label>
        <p class="quiet">{t("replace-help")}</p>
        <ul class="changed">
          {concerned.map((entry) => (
            <li key={placeOf(entry)}>
              <label>
                <input type="checkbox" checked={!left.value.has(placeOf(entry))} onChange={() => toggle(placeOf(entry))} />{" "}
                <span class="quiet">
                  {localeName(entry.locale)} · {entry.page} · {entry.key}
                </span>
              </label>
              <span {...written(entry.locale)}>
                <Diff before={entry.value ?? ""} after={made(entry)} />
              </span>
            </li>
          ))}
        </ul>
        <Failure of={failure.value} />
        <button class="main" disabled={isBusy.value || !chosen.length}>
          {t("replace-in", { count: chosen.length })}
        </button>
        <div role="status">
          {outcome.value && (
            <>
              <p class="good">{t("replaced", { count: outcome.value.saved })}</p>
              {outcome.value.refused.map((one) => (
                <p class="error">{one}</p>
              ))}
            </>
          )}
        </div>
      </form>
    </details>
  );
};

export const Search = ({ project }: { project: Project }) => {
  const root = `/projects/${project.project}`;
  const typed = useSignal(""), wanted = useSignal(""), locale = useSignal(""), state = useSignal<State>(""), by = useSignal("");
  const count = useSignal(PAGE), authors = useSignal<(readonly [string, string])[]>([]);
  const locales = useLoaded(() => readAll<Locale>(`${root}/locales`), [root]);
  useEffect(() => {
    const timer = setTimeout(() => (wanted.value = typed.value.trim()), REST);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const { value, failure, again } = useLoaded(async () => {
    const { value: q } = wanted;
    if (!q && !state.value && !by.value) return undefined;
    const query = new URLSearchParams({ limit: String(count.value), q: spaced(q) });
    if (locale.value) query.set("locale", locale.value);
    if (state.value) query.set("state", state.value);
    if (by.value) query.set("by", by.value);
    const found = await read<Found>(`${root}/search?${query}`);
    // Whoever saved something that was seen can be asked for.
    const known = new Map([...authors.value, ...found.items.flatMap(({ by }) => (by ? [[by.subject, by.name] as const] : []))]);
    if (known.size > authors.value.length) authors.value = [...known];
    return { q: /^"(.+)"$/.exec(q)?.[1] ?? q, found };
  }, [root, wanted.value, locale.value, state.value, by.value, count.value]);
  useEffect(() => {
    count.value = PAGE;
  }, [wanted.value, locale.value, state.value, by.value]);
  const shown = value.value;
  return (
    <div class="search">
      <h2>{t("screen-search")}</h2>
      <div class="row" role="search">
        <label>
          {t("search-wanted")}
          <input type="search" value={typed.value} onInput={(event) => (typed.value = event.currentTarget.value)} />
        </label>
        <label>
          {t("locale")}
          <select value={locale.value} onChange={(event) => (locale.value = event.currentTarget.value)}>
            <option value="">{t("show-all")}</option>
            {locales.value.value?.map((one) => (
              <option value={one.locale}>{localeName(one.locale)}</option>
            ))}
          </select>
        </label>
        <label>
          {t("search-by")}
          <select value={by.value} onChange={(event) => (by.value = event.currentTarget.value)}>
            <option value="">{t("search-anybody")}</option>
            {authors.value.map(([subject, name]) => (
              <option value={subject}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          {t("show")}
          <select value={state.value} onChange={(event) => (state.value = event.currentTarget.value as State)}>
            <option value="">{t("show-all")}</option>
            {STATES.map((one) => (
              <option value={one}>{t(`show-${one}`)}</option>
            ))}
          </select>
        </label>
      </div>
      <p class="quiet">{t("search-help")}</p>
      <Failure of={failure.value ?? locales.failure.value} again={again} />
      <p role="status">{shown && t("entries", { count: shown.found.total })}</p>
      {shown?.q && shown.found.items.length > 0 && (
        <Replace key={shown.q} root={root} wanted={shown.q} items={shown.found.items} done={again} />
      )}
      <ul class="changed">
        {shown?.found.items.map((entry) => (
          <li key={placeOf(entry)}>
            <a href={to(project.project, "write", entry.locale, entry.page)}>
              {localeName(entry.locale)} · {entry.page} · <code>{entry.key}</code>
            </a>
            {entry.source && (
              <p class="quiet" {...written(project.source ?? "en")}>
                {entry.source}
              </p>
            )}
            <p {...written(entry.locale)}>{entry.value ?? <span class="quiet">{t("state-missing")}</span>}</p>
          </li>
        ))}
      </ul>
      {shown && shown.found.total > shown.found.items.length && (
        <p>
          <span class="quiet">{t("search-first", { count: shown.found.items.length })}</span>{" "}
          {shown.found.items.length < MOST && (
            <button type="button" onClick={() => (count.value = Math.min(MOST, count.value + PAGE))}>
              {t("more")}
            </button>
          )}
        </p>
      )}
    </div>
  );
};
