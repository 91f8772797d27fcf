// API tokens: for builds and scripts. The secret is shown once.

import { useSignal } from "@preact/signals";
import { ask, type FreshToken, type Locale, readAll, type Token } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { fields, useAct } from "../parts/act.js";
import { Confirm } from "../parts/confirm.jsx";
import { Copied } from "../parts/copied.jsx";
import { Failure } from "../parts/failure.jsx";
import { t, when } from "../words.js";
import { GrantFields, grantOf, said } from "./grant.jsx";

export const Tokens = ({ root, locales }: { root: string; locales: Locale[] }) => {
  const { value, failure, again } = useLoaded(() => readAll<Token>(`${root}/tokens`), [root]);
  const making = useAct(), fresh = useSignal<FreshToken | undefined>(undefined);
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    making.act(async () => {
      const body = { name: fields(form)["name"], ...grantOf(form) };
      fresh.value = (await ask<FreshToken>("POST", `${root}/tokens`, { body })).body;
      again();
    });
  };
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{t("tokens")}</h2>
      <Failure of={failure.value} again={again} />
      <ul class="cards">
        {value.value?.map((token) => (
          <li class="card" key={token.token}>
            <h3>
              {token.name} <code>{token.token}</code>
            </h3>
            <p class="quiet">
              {said(token)} · {token.used ? t("token-used", { when: when(token.used) }) : t("token-unused")}
              {token.expires && ` · ${t("until", { when: when(token.expires) })}`}
            </p>
            <Confirm
              label={t("revoke")}
              about={token.name}
              question={t("revoke-token", { name: token.name })}
              work={async () => {
                await ask("DELETE", `${root}/tokens/${token.token}`);
                again();
              }}
            />
          </li>
        ))}
      </ul>
      <form class="card" onSubmit={make}>
        <h3>{t("new-token")}</h3>
        <label>
          {t("token-name")}
          <input name="name" required maxLength={200} autocomplete="off" />
        </label>
        <GrantFields locales={locales} />
        <Failure of={making.failure.value} />
        <button class="main" disabled={making.isBusy.value}>
          {t("create")}
        </button>
        {fresh.value && (
          <div role="status">
            <p>{t("token-once")}</p>
            <Copied text={fresh.value.secret} label={fresh.value.name} />
          </div>
        )}
      </form>
    </section>
  );
};
