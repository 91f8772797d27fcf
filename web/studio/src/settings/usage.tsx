// What the project has and used, and how much that may be.

import { ask, type Usage as Used } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { Failure } from "../parts/failure.jsx";
import { t } from "../words.js";

type Measure = Used["pages"];

export const Usage = ({ root }: { root: string }) => {
  const { value, failure, again } = useLoaded(() => ask<Used>("GET", `${root}/usage`).then(({ body }) => body), [root]);
  const usage = value.value;
  const row = (what: string, { used, quota }: Measure, before?: Measure) => (
    <tr>
      <th scope="row">{t(what)}</th>
      <td class={quota != null && used >= quota ? "error" : undefined}>
        {quota == null ? t("amount", { used }) : t("amount-of", { used, quota })}
      </td>
      <td>{before && t("amount", { used: before.used })}</td>
    </tr>
  );
  return (
    <section aria-labelledby="usage">
      <h2 id="usage">{t("usage")}</h2>
      <Failure of={failure.value} again={again} />
      {usage && (
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">{t("usage-now")}</th>
              <th scope="col">{t("usage-before")}</th>
            </tr>
          </thead>
          <tbody>
            {row("usage-saves", usage.month.saves, usage.before.saves)}
            {row("usage-bytes", usage.month.bytes, usage.before.bytes)}
            {row("usage-releases", usage.month.releases, usage.before.releases)}
            {row("usage-pages", usage.pages)}
            {row("usage-entries", usage.entries)}
          </tbody>
        </table>
      )}
    </section>
  );
};
