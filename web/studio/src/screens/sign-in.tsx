// Signing in by a link: its code is behind `#`, and is used when the button is pressed, not when something looks at it.

import { useSignal } from "@preact/signals";
import { signIn } from "../api/session.js";
import { useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

/** The code in the address, taken out of it at once. */
let code = /^#[\da-f]{64}$/.test(location.hash) ? location.hash.slice(1) : "";
if (code) history.replaceState(null, "", "/");

export const SignIn = () => {
  const given = useSignal(code), { isBusy, failure, act } = useAct();
  const begin = (event: Event) => {
    event.preventDefault();
    // The whole link does, too.
    act(() => signIn(given.value.trim().replace(/^.*#/, ""))).finally(() => (code = ""));
  };
  return (
    <main class="narrow">
      <h1>Copydesk</h1>
      <form onSubmit={begin}>
        {code ? (
          <p>{t("sign-in-link")}</p>
        ) : (
          <>
            <p>
              {t("sign-in-how")} <code>copydesk login</code>
            </p>
            <label>
              {t("sign-in-paste")}
              <input required autocomplete="off" value={given.value} onInput={(event) => (given.value = event.currentTarget.value)} />
            </label>
          </>
        )}
        <Failure of={failure.value} />
        <button class="main" disabled={isBusy.value}>
          {t("sign-in")}
        </button>
      </form>
    </main>
  );
};
