// What admins look after: languages, people, tokens, the project itself.

import { type Locale, type Project, readAll } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { Failure } from "../parts/failure.jsx";
import { Hooks } from "../settings/hooks.jsx";
import { Locales } from "../settings/locales.jsx";
import { People } from "../settings/people.jsx";
import { Script } from "../settings/script.jsx";
import { Sites } from "../settings/sites.jsx";
import { Tokens } from "../settings/tokens.jsx";
import { Usage } from "../settings/usage.jsx";

export const Settings = ({ project, again }: { project: Project; again: () => void }) => {
  const root = `/projects/${project.project}`;
  const locales = useLoaded(() => readAll<Locale>(`${root}/locales`), [root]);
  const known = locales.value.value;
  return (
    <div class="settings">
      <Failure of={locales.failure.value} again={locales.again} />
      <Script root={root} project={project} again={again} />
      <Locales root={root} changed={locales.again} />
      {known && <People root={root} locales={known} />}
      {known && <Tokens root={root} locales={known} />}
      <Hooks root={root} />
      <Sites root={root} project={project} again={again} />
      <Usage root={root} />
    </div>
  );
};
