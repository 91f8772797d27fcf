// Signing in on a site: in a window of the studio's own, which hands over a code; where the site keeps windows apart, it is
// typed here.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { signIn } from "../api/session.js";
import { fields, useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { CONNECT, to } from "../route.js";
import { t } from "../words.js";
import { site } from "./site.js";

const addressOf = (project: string, nonce?: string): string =>
  `${location.origin}/${to(CONNECT, project, site.value!, ...(nonce ? [nonce] : []))}`;

export const SignIn = ({ project }: { project: string }) => {
  const { isBusy, failure, act } = useAct();
  const waiting = useSignal<{ window: Window | null; nonce: string } | undefined>(undefined);
  const begin = () => {
    const nonce = crypto.randomUUID();
    waiting.value = { nonce, window: open(addressOf(project, nonce), "_blank", "popup,width=520,height=640") };
  };
  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent): void => {
      const { window, nonce } = waiting.value ?? {};
      if (!window || source !== window || origin !== location.origin || data?.copydesk !== nonce) return;
      void act(() => signIn(String(data.code)));
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, []);
  const take = (event: SubmitEvent) => {
    event.preventDefault();
    const { code = "" } = fields(event.currentTarget);
    void act(() => signIn(code.toUpperCase().replace(/[^0-9A-Z]/g, "")));
  };
  return (
    <main>
      <h1>Copydesk</h1>
      <p>{t("frame-sign-in", { origin: site.value! })}</p>
      <button type="button" class="main" disabled={isBusy.value} onClick={begin}>
        {t("sign-in")}
      </button>
      {waiting.value && (
        <form onSubmit={take}>
          <p>
            {t("frame-code-how")}{" "}
            <a href={addressOf(project)} target="_blank" rel="noopener">
              {t("frame-code-open")}
            </a>
          </p>
          <label>
            {t("frame-code")}
            <input name="code" required autocomplete="one-time-code" spellcheck={false} />
          </label>
          <button disabled={isBusy.value}>{t("frame-code-use")}</button>
        </form>
      )}
      <Failure of={failure.value} />
    </main>
  );
};
