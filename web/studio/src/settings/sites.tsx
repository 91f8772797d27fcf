// What concerns the sites that show the copy: how they get it, and which may use the API.

import { ask, type Project } from "../api/index.js";
import { fields, useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

export const Sites = ({ root, project, again }: { root: string; project: Project; again: () => void }) => {
  const { isBusy, failure, act } = useAct();
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const { name, origins = "" } = fields(event.currentTarget);
    act(async () => {
      await ask("PATCH", root, { body: { name, origins: origins.split(/[\s,]+/).filter(Boolean) } });
      again();
    });
  };
  return (
    <section aria-labelledby="sites">
      <h2 id="sites">{t("project")}</h2>
      <form class="card" onSubmit={save}>
        <label>
          {t("project-name")}
          <input name="name" required maxLength={200} defaultValue={project.name} autocomplete="off" />
        </label>
        <label>
          {t("origins")}
          <textarea name="origins" rows={3} defaultValue={project.origins.join("\n")} aria-describedby="origins-help" />
        </label>
        <p class="quiet" id="origins-help">
          {t("origins-help")}
        </p>
        <Failure of={failure.value} />
        <button class="main" disabled={isBusy.value}>
          {t("save")}
        </button>
      </form>
    </section>
  );
};
