// Signing in on a site that is edited in place. The site's frame of the studio opened this window, or somebody did by hand
// where the site allows no windows to know of each other; then a code is typed over there.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask, type Me, type Project, read } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

interface Props {
  project: string;
  /** The site. */
  origin: string;
  /** What the frame knows this window by; empty where it was opened by hand. */
  nonce: string;
}

interface Code {
  code: string;
}

/** As people read it. */
const spaced = (code: string): string => code.replace(/(.{5})(?=.)/g, "$1-");

export const Connect = ({ project, origin, nonce }: Props) => {
  const { value, failure, again } = useLoaded(async () => {
    const [me, found] = await Promise.all([read<Me>("/me"), read<Project>(`/projects/${project}`)]);
    return { me, found };
  }, [project]);
  const allowed = `copydesk-allowed ${project} ${origin}`;
  const code = useSignal(""), isGiven = useSignal(false), { isBusy, failure: wrong, act } = useAct();
  const allow = () =>
    act(async () => {
      localStorage.setItem(allowed, "1");
      const frame = nonce ? (opener as Window | null) : null;
      const given = (await ask<Code>("POST", "/sessions/codes")).body.code;
      if (!frame) return (code.value = spaced(given));
      // Only the studio's own frame gets it, whoever opened this window.
      frame.postMessage({ copydesk: nonce, code: given }, location.origin);
      isGiven.value = true;
      close();
    });
  const loaded = value.value, isKnown = loaded?.found.origins.includes(origin);
  // Browsers may keep nothing for frames: who allowed it once is not asked at every page of the site.
  useEffect(() => {
    if (isKnown && opener && nonce && localStorage.getItem(allowed)) void allow();
  }, [isKnown]);
  return (
    <main class="narrow">
      <h1>{t("connect-title")}</h1>
      <Failure of={failure.value ?? wrong.value} again={failure.value ? again : undefined} />
      {loaded && !isKnown && <p class="error">{t("connect-unknown", { origin, project: loaded.found.name })}</p>}
      {loaded && isKnown && (
        <>
          <p>{t("connect-ask", { origin, project: loaded.found.name, name: loaded.me.name })}</p>
          {code.value ? (
            <>
              <p>{t("connect-code", { origin })}</p>
              <p class="code">
                <code>{code.value}</code>
              </p>
            </>
          ) : isGiven.value ? (
            <p>{t("connect-done")}</p>
          ) : (
            <button type="button" class="main" disabled={isBusy.value} onClick={allow}>
              {t("connect-allow")}
            </button>
          )}
        </>
      )}
    </main>
  );
};
