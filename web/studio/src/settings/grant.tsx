// What somebody may do: a role, and for editors and publishers perhaps only some languages.

import { useSignal } from "@preact/signals";
import type { Grant, Locale } from "../api/index.js";
import { localeName, t } from "../words.js";

export const ROLES = ["viewer", "editor", "publisher", "admin"] as const;

type Role = (typeof ROLES)[number];

/** What the fields of `GrantFields` say. */
export const grantOf = (form: EventTarget | null): Grant => {
  const data = new FormData(form as HTMLFormElement), locales = data.getAll("locales").map(String);
  return { role: data.get("role") as Role, ...(locales.length ? { locales } : {}) };
};

/** A grant in words. */
export const said = ({ role, locales }: Grant): string =>
  locales ? `${t(`role-${role}`)}: ${locales.map(localeName).join(", ")}` : t(`role-${role}`);

export const GrantFields = ({ locales, now }: { locales: Locale[]; now?: Grant }) => {
  const role = useSignal<Role>(now?.role ?? "editor");
  // A language that is gone may still limit somebody: unticked, it would be taken for all.
  const tags = [...new Set([...locales.map(({ locale }) => locale), ...(now?.locales ?? [])])];
  const canBeLimited = role.value === "editor" || role.value === "publisher";
  return (
    <>
      <label>
        {t("role")}
        <select name="role" value={role.value} onChange={(event) => (role.value = event.currentTarget.value as Role)}>
          {ROLES.map((one) => (
            <option value={one}>
              {t(`role-${one}`)}: {t(`role-${one}-may`)}
            </option>
          ))}
        </select>
      </label>
      {canBeLimited && (
        <fieldset>
          <legend>{t("only-locales")}</legend>
          {tags.map((locale) => (
            <label>
              <input type="checkbox" name="locales" value={locale} defaultChecked={now?.locales?.includes(locale) ?? false} />{" "}
              {localeName(locale)}
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
};
