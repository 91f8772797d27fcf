// The releases: which one is live, what changed between two, and going back to one.

import { useSignal } from "@preact/signals";
import { ask, type Difference, type Project, read, readAll, Refused, type Release, type Request } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Dialog } from "../parts/dialog.jsx";
import { Diff } from "../parts/diff.jsx";
import { Failure } from "../parts/failure.jsx";
import { saveName } from "../typed.js";
import { localeName, t, when, written } from "../words.js";

/** Releases read at a time. */
const PAGE = 50;

/** Differences that are listed. */
const LISTED = 200;

/** What one release shows otherwise than another. */
const Differences = ({ root, from, to }: { root: string; from: number; to: number }) => {
  const { value, failure, again } = useLoaded(() => readAll<Difference>(`${root}/${from}/diff/${to}`), [root, from, to]);
  return (
    <>
      <Failure of={failure.value} again={again} />
      {!value.value && !failure.value && <p class="quiet">{t("loading")}</p>}
      {value.value && <p>{t("texts-differ", { count: value.value.length })}</p>}
      <ul class="changed">
        {value.value?.slice(0, LISTED).map((one) => (
          <li>
            <span class="quiet">
              {localeName(one.locale)}, {one.page}
            </span>{" "}
            <code>{one.key}</code>{" "}
            <span {...written(one.locale)}>
              <Diff before={one.from ?? ""} after={one.to ?? ""} />
            </span>
          </li>
        ))}
      </ul>
      {value.value && value.value.length > LISTED && <p class="quiet">{t("search-first", { count: LISTED })}</p>}
    </>
  );
};

/** Any two of them side by side. */
const Compare = ({ root, releases, close }: { root: string; releases: Release[]; close: () => void }) => {
  const known = releases.filter(({ state }) => state === "live" || state === "superseded").map(({ release }) => release);
  const from = useSignal(known[1] ?? known[0]!), to = useSignal(known[0]!);
  const choice = (label: string, chosen: typeof from) => (
    <label>
      {label}
      <select value={chosen.value} onChange={(event) => (chosen.value = Number(event.currentTarget.value))}>
        {known.map((one) => (
          <option value={one}>{t("release", { release: one })}</option>
        ))}
      </select>
    </label>
  );
  return (
    <Dialog title={t("compare")} close={close}>
      <div class="row">
        {choice(t("compare-from"), from)}
        {choice(t("compare-to"), to)}
      </div>
      <Differences root={root} from={from.value} to={to.value} />
    </Dialog>
  );
};

/** What sites will show instead, and making them show it. */
const GoBack = ({ project, live, to, close, done }: { project: string; live: number; to: number; close: () => void; done: () => void }) => {
  const root = `/projects/${project}/releases`, { isBusy, failure: wrong, act } = useAct();
  const activate = () =>
    act(async () => {
      const headers = { prefer: "wait=20", "idempotency-key": saveName() };
      const { body } = await ask<Request>("POST", `${root}/${to}/activate`, { headers });
      if (body.state === "failed") throw Error(body.error ?? "");
      done();
      if (body.state === "waiting") throw new Refused(t("still-waiting"));
      close();
    });
  return (
    <Dialog title={t("go-back-title", { release: to })} close={close}>
      <Failure of={wrong.value} />
      <Differences root={root} from={live} to={to} />
      <p>{t("go-back-drafts")}</p>
      <button type="button" class="main" disabled={isBusy.value} onClick={activate}>
        {t("go-back", { release: to })}
      </button>
    </Dialog>
  );
};

export const Releases = ({ project }: { project: Project }) => {
  const root = `/projects/${project.project}`;
  const { value, failure, again } = useLoaded(async () => {
    const [releases, now] = await Promise.all([
      read<{ items: Release[] }>(`${root}/releases?limit=${PAGE}`),
      read<Project>(root),
    ]);
    return { releases: releases.items, live: now.live ?? undefined };
  }, [root]);
  const back = useSignal<number | undefined>(undefined), isComparing = useSignal(false);
  const found = value.value;
  if (!found) return failure.value ? <Failure of={failure.value} again={again} /> : <p class="quiet">{t("loading")}</p>;
  return (
    <div class="releases">
      <h2>{t("releases")}</h2>
      <Failure of={failure.value} again={again} />
      {found.releases.length === 0 && <p>{t("no-releases")}</p>}
      {found.releases.length > 1 && (
        <button type="button" aria-haspopup="dialog" onClick={() => (isComparing.value = true)}>
          {t("compare")}
        </button>
      )}
      {isComparing.value && <Compare root={`${root}/releases`} releases={found.releases} close={() => (isComparing.value = false)} />}
      <ol class="cards">
        {found.releases.map((release) => {
          const isLive = release.release === found.live;
          return (
            <li class="card">
              <strong>{t("release", { release: release.release })}</strong>{" "}
              {isLive && <span class="state live">{t("state-live")}</span>}
              <p>{release.note || <span class="quiet">{t("no-note")}</span>}</p>
              <p class="quiet">
                {t("release-about", { name: release.by.name, when: when(release.finished_at ?? release.started_at), count: release.files_changed })}
              </p>
              {release.error && <p class="error">{release.error}</p>}
              {!isLive && found.live && release.state === "superseded" && (
                <button type="button" aria-haspopup="dialog" onClick={() => (back.value = release.release)}>
                  {t("go-back", { release: release.release })}
                </button>
              )}
            </li>
          );
        })}
      </ol>
      {back.value && found.live && (
        <GoBack project={project.project} live={found.live} to={back.value} close={() => (back.value = undefined)} done={again} />
      )}
    </div>
  );
};
