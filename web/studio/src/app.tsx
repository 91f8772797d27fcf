// The studio around its screens: who is signed in, which project, what cannot be reached.

import { useEffect } from "preact/hooks";
import { isReachable, type Project, read } from "./api/index.js";
import { isSignedIn, signOut } from "./api/session.js";
import { useLoaded } from "./loaded.js";
import { Failure } from "./parts/failure.jsx";
import { Files } from "./screens/files.jsx";
import { Help } from "./parts/help.jsx";
import { CONNECT, route, to } from "./route.js";
import { Connect } from "./screens/connect.jsx";
import { LogScreen } from "./screens/log.jsx";
import { Projects } from "./screens/projects.jsx";
import { Publish } from "./screens/publish.jsx";
import { Releases } from "./screens/releases.jsx";
import { Search } from "./screens/search.jsx";
import { Settings } from "./screens/settings.jsx";
import { SignIn } from "./screens/sign-in.jsx";
import { Write } from "./screens/write.jsx";
import { language, languages, localeName, speak, t } from "./words.js";

const SCREENS = ["write", "search", "publish", "releases", "files", "log", "settings"] as const;

const InProject = ({ slug, screen, at }: { slug: string; screen: string; at: string[] }) => {
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

export const App = () => {
  const [slug, screen = "write", ...at] = route.value;
  useEffect(() => {
    document.documentElement.lang = language.value;
    if (!slug) document.title = "Copydesk";
  });
  return (
    <>
      {!isReachable.value && (
        <p class="offline" role="alert">
          {t("offline")}
        </p>
      )}
      <header class="top">
        <a href={to()}>Copydesk</a>
        <label>
          <span class="unseen">{t("language")}</span>
          <select value={language.value} onChange={(event) => speak(event.currentTarget.value)}>
            {languages.value.map((one) => (
              <option value={one}>{localeName(one)}</option>
            ))}
          </select>
        </label>
        {isSignedIn.value && <Help />}
        {isSignedIn.value && (
          <button type="button" class="plain" onClick={signOut}>
            {t("sign-out")}
          </button>
        )}
      </header>
      {!isSignedIn.value ? <SignIn /> : slug === CONNECT ? <Connect project={screen} origin={at[0] ?? ""} nonce={at[1] ?? ""} /> : slug ? <InProject slug={slug} screen={screen} at={at} /> : <Projects />}
    </>
  );
};
