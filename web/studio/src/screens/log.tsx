// Everything that happened in a project, the newest first: who, when, what.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Event, type Log, type Project, read } from "../api/index.js";
import { Failure } from "../parts/failure.jsx";
import { localeName, t, when, written } from "../words.js";

/** Events read at a time. */
const PAGE = 100;

/** Kinds of events that people ask for. */
const KINDS = ["draft-saved", "draft-deleted", "publish-requested", "activate-requested", "member-put", "member-removed"] as const;

/** What an event was about, as far as it says. */
const What = ({ change }: { change: Record<string, any> }) => {
  const { locale, page, key, value, name, email, note, release } = change;
  const place = [locale && localeName(locale), page, key, name ?? email, release && t("release", { release })];
  return (
    <>
      <code>{change["kind"]}</code> {place.filter(Boolean).join(" · ")}
      {(value || note) && <p {...(locale ? written(locale) : {})}>{value || note}</p>}
    </>
  );
};

export const LogScreen = ({ project }: { project: Project }) => {
  const events = useSignal<Event[] | undefined>(undefined), before = useSignal<number | undefined>(undefined);
  const failure = useSignal<unknown>(undefined), kind = useSignal(""), actor = useSignal("");
  /** Who is known to have done something, by subject. */
  const actors = useSignal<Map<string, string>>(new Map());
  const root = `/projects/${project.project}/log`;
  const more = async (isNew: boolean) => {
    failure.value = undefined;
    try {
      const from = isNew || before.value === undefined ? (await read<Log>(`${root}?limit=1`)).tip + 1 : before.value;
      const wanted = new URLSearchParams({ before: String(from), limit: String(PAGE) });
      if (kind.value) wanted.set("kind", kind.value);
      if (actor.value) wanted.set("actor", actor.value);
      const found = await read<Log>(`${root}?${wanted}`);
      const items = [...found.items].sort((one, other) => other.seq - one.seq);
      events.value = isNew ? items : [...(events.value ?? []), ...items];
      before.value = found.next;
      actors.value = new Map([...actors.value, ...found.items.map(({ by }) => [by.subject, by.name] as const)]);
    } catch (error) {
      failure.value = error;
    }
  };
  useEffect(() => void more(true), [root, kind.value, actor.value]);
  return (
    <div class="log">
      <h2>{t("screen-log")}</h2>
      <div class="row" role="search">
        <label>
          {t("log-kind")}
          <select value={kind.value} onChange={(event) => (kind.value = event.currentTarget.value)}>
            <option value="">{t("show-all")}</option>
            {KINDS.map((one) => (
              <option value={one}>{t(`log-${one}`)}</option>
            ))}
          </select>
        </label>
        <label>
          {t("log-actor")}
          <select value={actor.value} onChange={(event) => (actor.value = event.currentTarget.value)}>
            <option value="">{t("search-anybody")}</option>
            {[...actors.value].map(([subject, name]) => (
              <option value={subject}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      <Failure of={failure.value} />
      {!events.value && !failure.value && <p class="quiet">{t("loading")}</p>}
      <ol class="events">
        {events.value?.map((event) => (
          <li key={event.seq}>
            <p class="quiet">
              {event.seq} · {event.by.name} · {when(event.at)}
            </p>
            <What change={event.change} />
          </li>
        ))}
      </ol>
      {events.value && (before.value ?? 0) > 1 && (
        <button type="button" onClick={() => more(false)}>
          {t("more")}
        </button>
      )}
    </div>
  );
};
