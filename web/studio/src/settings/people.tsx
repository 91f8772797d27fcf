// Who belongs to a project, and who is invited.

import { useSignal } from "@preact/signals";
import { ask, type FreshInvitation, type Invitation, type Locale, type Member, readAll } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { fields, useAct } from "../parts/act.js";
import { Confirm } from "../parts/confirm.jsx";
import { Copied } from "../parts/copied.jsx";
import { Failure } from "../parts/failure.jsx";
import { t, when } from "../words.js";
import { GrantFields, grantOf, said } from "./grant.jsx";

const One = ({ root, member, locales, again }: { root: string; member: Member; locales: Locale[]; again: () => void }) => {
  const { isBusy, failure, act } = useAct();
  const path = `${root}/members/${encodeURIComponent(member.subject)}`;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const grant = grantOf(event.currentTarget);
    act(async () => {
      await ask("PUT", path, { body: grant });
      again();
    });
  };
  return (
    <li class="card">
      <h3>{member.name}</h3>
      <p class="quiet">
        {member.email ?? member.subject} · {said(member)}
      </p>
      <details>
        <summary>{t("change-role")}</summary>
        <form onSubmit={save}>
          <GrantFields locales={locales} now={member} />
          <Failure of={failure.value} />
          <button class="main" disabled={isBusy.value}>
            {t("save")}
          </button>
        </form>
      </details>
      <Confirm
        label={t("remove")}
        about={member.name}
        question={t("remove-member", { name: member.name })}
        work={async () => {
          await ask("DELETE", path);
          again();
        }}
      />
    </li>
  );
};

export const People = ({ root, locales }: { root: string; locales: Locale[] }) => {
  const { value, failure, again } = useLoaded(async () => {
    const [members, invitations] = await Promise.all([
      readAll<Member>(`${root}/members`),
      readAll<Invitation>(`${root}/invitations`),
    ]);
    return { members, invitations };
  }, [root]);
  const inviting = useAct(), fresh = useSignal<FreshInvitation | undefined>(undefined);
  const invite = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    inviting.act(async () => {
      const body = { email: fields(form)["email"], ...grantOf(form) };
      fresh.value = (await ask<FreshInvitation>("POST", `${root}/invitations`, { body })).body;
      again();
    });
  };
  return (
    <section aria-labelledby="people">
      <h2 id="people">{t("people")}</h2>
      <Failure of={failure.value} again={again} />
      <ul class="cards">
        {value.value?.members.map((member) => <One key={member.subject} root={root} member={member} locales={locales} again={again} />)}
        {value.value?.invitations.map((one) => (
          <li class="card" key={one.invitation}>
            <h3>{one.email}</h3>
            <p class="quiet">
              {t("invited", { when: when(one.expires) })} · {said(one)}
            </p>
            <Confirm
              label={t("take-back")}
              about={one.email}
              question={t("take-back-invitation", { email: one.email })}
              work={async () => {
                await ask("DELETE", `${root}/invitations/${one.invitation}`);
                again();
              }}
            />
          </li>
        ))}
      </ul>
      <form class="card" onSubmit={invite}>
        <h3>{t("invite")}</h3>
        <label>
          {t("email")}
          <input name="email" type="email" required autocomplete="off" />
        </label>
        <GrantFields locales={locales} />
        <Failure of={inviting.failure.value} />
        <button class="main" disabled={inviting.isBusy.value}>
          {t("invite")}
        </button>
        {fresh.value && (
          <div role="status">
            <p>{t("invite-sent", { email: fresh.value.email })}</p>
            <Copied text={location.origin + fresh.value.path} label={t("invite-link")} />
          </div>
        )}
      </form>
    </section>
  );
};
