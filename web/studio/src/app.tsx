// The studio around its screens: who is signed in, which project, what cannot be reached.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isReachable } from "./api/index.js";
import { isSignedIn, signOut } from "./api/session.js";
import { useLoaded } from "./loaded.js";
import { Help } from "./parts/help.jsx";
import { CONNECT, route, to } from "./route.js";
import { Connect } from "./screens/connect.jsx";
import { Projects } from "./screens/projects.jsx";
import { SignIn } from "./screens/sign-in.jsx";
import { language, languages, ownName, speak, t } from "./words.js";

type InProject = typeof import("./project.jsx").InProject;

/** What a project is shown by, once its file is here. */
const part = signal<{ InProject: InProject } | undefined>(undefined);

const bring = async (): Promise<void> => {
  part.value ??= await import("./project.jsx");
};

const InProject: InProject = (props) => {
  const { failure } = useLoaded(bring, []);
  const Part = part.value?.InProject;
  return Part ? <Part {...props} /> : <main>{failure.value === undefined ? <p class="quiet">{t("loading")}</p> : <Missing />}</main>;
};

/** It could not be reached, or the server has a newer one, which goes with a newer studio. What is typed is kept. */
const Missing = () => (
  <p class="error" role="alert">
    {t("part-missing")}{" "}
    <button type="button" onClick={() => location.reload()}>
      {t("load-again")}
    </button>
  </p>
);

export const App = () => {
  const [slug, screen = "write", ...at] = route.value;
  useEffect(() => {
    document.documentElement.lang = language.value;
    if (!slug) document.title = "Copydesk";
  });
  useEffect(() => {
    // Soon to be wanted; whether it came is said when it is.
    if (isSignedIn.value) bring().catch(() => {});
  }, [isSignedIn.value]);
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
              <option value={one} lang={one}>
                {ownName(one)}
              </option>
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
