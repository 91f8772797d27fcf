// How a site gets the copy: the tag that its pages include, and whether they do.

import { useSignal } from "@preact/signals";
import { ask, type Project, read, type SiteCheck } from "../api/index.js";
import { fields, useAct } from "../parts/act.js";
import { Copied } from "../parts/copied.jsx";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

/** What a page has to have, and what it has. */
const Found = ({ of: { script, page, tagged } }: { of: SiteCheck }) => (
  <ul>
    <li class={script === "found" ? "good" : "warning"}>{t(`check-script-${script}`)}</li>
    <li class={page ? "good" : "warning"}>{t(page ? "check-page" : "check-no-page")}</li>
    <li class={tagged ? "good" : "warning"}>{t("check-tagged", { count: tagged })}</li>
  </ul>
);

export const Script = ({ root, project, again }: { root: string; project: Project; again: () => void }) => {
  const { isBusy, failure, act } = useAct();
  const found = useSignal<{ url: string; check: SiteCheck } | undefined>(undefined);
  const look = (event: SubmitEvent) => {
    event.preventDefault();
    const { url = "" } = fields(event.currentTarget);
    act(async () => {
      found.value = undefined;
      found.value = { url, check: (await ask<SiteCheck>("POST", `${root}/site-check`, { body: { url } })).body };
    });
  };
  const origin = found.value && new URL(found.value.url).origin;
  const allow = () =>
    act(async () => {
      // Somebody else may have added another meanwhile.
      const { origins } = await read<Project>(root);
      await ask("PATCH", root, { body: { origins: [...new Set([...origins, origin!])] } });
      again();
    });
  const tag = `<script async crossorigin src="${project.script}"></script>`;
  return (
    <section aria-labelledby="script">
      <h2 id="script">{t("script-title")}</h2>
      <p>{t("script-how")}</p>
      <Copied text={tag} label={t("script-tag")} />
      <p class="quiet">
        {t("script-tags")} <code>{'<body data-copy-page="home">'}</code> <code>{'<h1 data-copy="title">'}</code>
      </p>
      <form class="card" onSubmit={look}>
        <label>
          {t("check-url")}
          <input name="url" type="url" required defaultValue={project.origins[0] && `${project.origins[0]}/`} placeholder="https://www.example.com/" aria-describedby="check-help" />
        </label>
        <p class="quiet" id="check-help">
          {t("check-help")}
        </p>
        <Failure of={failure.value} />
        <button class="main" disabled={isBusy.value}>
          {t("check")}
        </button>
        <div role="status">
          {isBusy.value && <p class="quiet">{t("loading")}</p>}
          {found.value && (
            <>
              <Found of={found.value.check} />
              {origin && found.value.check.script === "found" && !project.origins.includes(origin) && (
                <p>
                  <button type="button" disabled={isBusy.value} onClick={allow}>
                    {t("check-allow", { origin })}
                  </button>
                </p>
              )}
              {origin && found.value.check.script === "found" && project.origins.includes(origin) && (
                <p>
                  <a class="button" href={`${found.value.url.replace(/#.*/, "")}#copydesk`} target="_blank" rel="noopener">
                    {t("edit-on-site")}
                  </a>
                </p>
              )}
            </>
          )}
        </div>
      </form>
    </section>
  );
};
