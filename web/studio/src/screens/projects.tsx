// The projects that somebody belongs to, and making one.

import { ask, type Me, type Project, read, readAll } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { fields, useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { go, to } from "../route.js";
import { localeName, t } from "../words.js";

const New = () => {
  const { isBusy, failure, act } = useAct();
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const { project = "", name, source } = fields(event.currentTarget);
    act(async () => {
      await ask("POST", "/projects", { body: { project, name, source } });
      go(project, "write");
    });
  };
  return (
    <form class="card" onSubmit={make}>
      <h2>{t("new-project")}</h2>
      <label>
        {t("project-name")}
        <input name="name" required maxLength={200} autocomplete="off" />
      </label>
      <label>
        {t("project-slug")}
        <input name="project" required pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?" autocomplete="off" aria-describedby="slug-help" />
      </label>
      <p class="quiet" id="slug-help">
        {t("project-slug-help")}
      </p>
      <label>
        {t("project-source")}
        <input name="source" required defaultValue={navigator.language} autocomplete="off" />
      </label>
      <Failure of={failure.value} />
      <button class="main" disabled={isBusy.value}>
        {t("create")}
      </button>
    </form>
  );
};

export const Projects = () => {
  const { value, failure, again } = useLoaded(async () => {
    const [me, projects] = await Promise.all([read<Me>("/me"), readAll<Project>("/projects")]);
    return { me, projects };
  }, []);
  return (
    <main class="narrow">
      <h1>{t("projects")}</h1>
      <Failure of={failure.value} again={again} />
      {!value.value && !failure.value && <p class="quiet">{t("loading")}</p>}
      {value.value?.projects.length === 0 && <p>{t("no-projects")}</p>}
      <ul class="cards">
        {value.value?.projects.map(({ project, name, source, live }) => (
          <li>
            <a class="card" href={to(project, "write")}>
              <strong>{name}</strong>
              <span class="quiet">
                {source && localeName(source)} · {live ? t("live-release", { release: live }) : t("nothing-live")}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {value.value?.me.may_create && <New />}
    </main>
  );
};
