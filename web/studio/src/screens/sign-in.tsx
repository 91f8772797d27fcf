// Signing in: by a link, whose code is behind `#` and is used when the button is pressed, not when something looks at it;
// or at an outside issuer.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { read, Refused } from "../api/index.js";
import { cameBack, goTo, type Issuer } from "../api/issuers.js";
import { signIn, signInAt } from "../api/session.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

/** The code in the address, taken out of it at once. */
let code = /^#[\da-f]{64}$/.test(location.hash) ? location.hash.slice(1) : "";
if (code) history.replaceState(null, "", "/");

/** What an issuer sent the browser back with. */
let back = cameBack();

interface How {
  links: boolean;
  issuers: Issuer[];
}

const ByLink = () => {
  const given = useSignal(code), { isBusy, failure, act } = useAct();
  const begin = (event: Event) => {
    event.preventDefault();
    // The whole link does, too.
    act(() => signIn(given.value.trim().replace(/^.*#/, ""))).finally(() => (code = ""));
  };
  return (
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
  );
};

const AtIssuers = ({ issuers }: { issuers: Issuer[] }) => {
  const { isBusy, failure, act } = useAct();
  useEffect(() => {
    const came = back;
    back = undefined;
    if (!came) return;
    void act(async () => {
      if (came.refused) throw new Refused(t("sign-in-refused", { detail: came.refused }));
      await signInAt(came.issuer, came.given);
    });
  }, []);
  return (
    <>
      <Failure of={failure.value} />
      {isBusy.value && <p class="quiet">{t("loading")}</p>}
      {issuers.map((issuer) => (
        <p key={issuer.name}>
          <button type="button" class="main" disabled={isBusy.value || !issuer.authorize} onClick={() => act(() => goTo(issuer))}>
            {t("sign-in-at", { name: issuer.name })}
          </button>
          {!issuer.authorize && <span class="error"> {t("sign-in-silent")}</span>}
        </p>
      ))}
    </>
  );
};

export const SignIn = () => {
  const { value, failure, again } = useLoaded(() => (code ? Promise.resolve<How>({ links: true, issuers: [] }) : read<How>("/sign-in")), []);
  const how = value.value;
  return (
    <main class="narrow">
      <h1>Copydesk</h1>
      <Failure of={failure.value} again={again} />
      {how?.links && <ByLink />}
      {how && !how.links && (how.issuers.length ? <AtIssuers issuers={how.issuers} /> : <p>{t("sign-in-nobody")}</p>)}
    </main>
  );
};
