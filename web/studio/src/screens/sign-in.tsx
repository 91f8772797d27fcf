// Signing in by a link: its code is behind `#`, and is used when the button is pressed, not when something looks at it.

import { useSignal } from "@preact/signals";
import { signIn } from "../api/session.js";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

/** The code in the address, taken out of it at once. */
const code = /^#[\da-f]{64}$/.test(location.hash) ? location.hash.slice(1) : "";
if (code) history.replaceState(null, "", "/");

export const SignIn = () => {
  const given = useSignal(code), failure = useSignal<unknown>(undefined), isBusy = useSignal(false);
  const begin = async (event: Event) => {
    event.preventDefault();
    isBusy.value = true;
    failure.value = undefined;
    try {
      // The whole link does, too.
      await signIn(given.value.trim().replace(/^.*#/, ""));
    } catch (error) {
      failure.value = error;
    }
    isBusy.value = false;
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
