// Taking copy out as files: one, or several in an archive that can be brought in again.

import { useSignal } from "@preact/signals";
import { type Locale, type Page, type Project, read, readAll, type WrittenFile } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { fields, useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { localeName, t } from "../words.js";
import { zip } from "./zip.js";

/** Formats that hold a translation beside its source: there is none of the source locale. */
const SHEETS = ["xliff", "xliff2", "po", "csv"];

const FORMATS = ["ftl", "i18next", "i18next-nested", ...SHEETS];

/** Files that are written at the same time. */
const AT_ONCE = 4;

const give = (name: string, content: BlobPart, type: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type })), link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

export const Export = ({ project }: { project: Project }) => {
  const root = `/projects/${project.project}`;
  const { isBusy, failure, act } = useAct();
  const under = useSignal<{ done: number; of: number } | undefined>(undefined), outcome = useSignal<{ files: number; messages: number; skipped: string[] } | undefined>(undefined);
  const locales = useLoaded(() => readAll<Locale>(`${root}/locales`), [root]);
  const write = (event: SubmitEvent) => {
    event.preventDefault();
    const { format = "", locale, needs } = fields(event.currentTarget);
    act(async () => {
      outcome.value = undefined;
      const pages = await readAll<Page>(`${root}/pages`);
      const wanted = locales.value.value!.filter((one) => (!locale || one.locale === locale) && !(one.source && SHEETS.includes(format)));
      const waiting = wanted.flatMap((one) => pages.map(({ page }) => `${one.locale}/${page}`)), of = waiting.length;
      const files: WrittenFile[] = [];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          files.push(await read<WrittenFile>(`${root}/files/${next}?format=${format}&needs_work=${needs === "on"}`));
          under.value = { done: files.length, of };
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work)).finally(() => (under.value = undefined));
      const full = files.filter(({ messages }) => messages > 0).sort((one, other) => (one.name < other.name ? -1 : 1));
      if (full.length === 1) give(full[0]!.name.replaceAll("/", "-"), full[0]!.text, full[0]!.media_type);
      else if (full.length) {
        const { strToU8, zipSync } = await zip();
        const archive = zipSync(Object.fromEntries(full.map(({ name, text }) => [name, strToU8(text)])));
        give(`${project.project}-${format}.zip`, archive as Uint8Array<ArrayBuffer>, "application/zip");
      }
      outcome.value = {
        files: full.length,
        messages: full.reduce((sum, { messages }) => sum + messages, 0),
        skipped: files.flatMap(({ name, skipped }) => skipped.map(({ reason }) => `${name}: ${reason}`)),
      };
    });
  };
  return (
    <section aria-labelledby="export">
      <h2 id="export">{t("export")}</h2>
      <form class="card" onSubmit={write}>
        <label>
          {t("export-format")}
          <select name="format">
            {FORMATS.map((one) => (
              <option value={one}>{t(`format-${one}`)}</option>
            ))}
          </select>
        </label>
        <label>
          {t("locale")}
          <select name="locale">
            <option value="">{t("show-all")}</option>
            {locales.value.value?.map(({ locale }) => (
              <option value={locale}>{localeName(locale)}</option>
            ))}
          </select>
        </label>
        <label>
          <input type="checkbox" name="needs" /> {t("export-needs-work")}
        </label>
        <Failure of={failure.value ?? locales.failure.value} />
        <button class="main" disabled={isBusy.value || !locales.value.value}>
          {t("export-download")}
        </button>
        <div role="status">
          {under.value && (
            <label>
              {t("export-under")} <progress value={under.value.done} max={under.value.of} />
            </label>
          )}
          {outcome.value && (
            <>
              <p class="good">{t("exported", { files: outcome.value.files, messages: outcome.value.messages })}</p>
              {outcome.value.skipped.map((one) => (
                <p class="warning">{one}</p>
              ))}
            </>
          )}
        </div>
      </form>
    </section>
  );
};
