// A project: its screens, and the way between them. It comes as a file of its own (`project.js`), so that whoever signs in or
// chooses a project does not wait for it.

import { useEffect } from "preact/hooks";
import { type Project, read } from "./api/index.js";
import { useLoaded } from "./loaded.js";
import { Failure } from "./parts/failure.jsx";
import { to } from "./route.js";
import { Files } from "./screens/files.jsx";
import { LogScreen } from "./screens/log.jsx";
import { Publish } from "./screens/publish.jsx";
import { Releases } from "./screens/releases.jsx";
import { Search } from "./screens/search.jsx";
import { Settings } from "./screens/settings.jsx";
import { Write } from "./screens/write.jsx";
import { t } from "./words.js";

const SCREENS = ["write", "search", "publish", "releases", "files", "log", "settings"] as const;

export const InProject = ({ slug, screen, at }: { slug: string; screen: string; at: string[] }) => {
  const { value, failure, again } = useLoaded(() => read<Project>(`/projects/${slug}`), [slug]);
  const project = value.value?.project === slug ? value.value : undefined;
  const shown = SCREENS.find((one) => one === screen) ?? "write";
  useEffect(() => {
    document.title = `${t(`screen-${shown}`)} · ${project?.name ?? slug} · Copydesk`;
  });
  return (
    <>
      <nav class="tabs" aria-label={project?.name ?? slug}>
        <strong>{project?.name ?? slug}</strong>
        {SCREENS.map((one) => (
          <a href={to(slug, one)} aria-current={one === shown ? "page" : undefined}>
            {t(`screen-${one}`)}
          </a>
        ))}
      </nav>
      <main>
        <h1 class="unseen">{t(`screen-${shown}`)}</h1>
        <Failure of={failure.value} again={again} />
        {project && shown === "write" && <Write project={project} at={at} again={again} />}
        {project && shown === "search" && <Search project={project} />}
        {project && shown === "publish" && <Publish project={project} />}
        {project && shown === "releases" && <Releases project={project} />}
        {project && shown === "files" && <Files project={project} />}
        {project && shown === "log" && <LogScreen project={project} />}
        {project && shown === "settings" && <Settings project={project} again={again} />}
      </main>
    </>
  );
};
