// Two texts for one entry: somebody else saved while this one was written. Nothing is lost whichever is taken.

import { useSignal } from "@preact/signals";
import { Diff } from "../parts/diff.jsx";
import { t, when, written } from "../words.js";
import type { Row, Sheet } from "./sheet.js";

export const Conflict = ({ sheet, row }: { sheet: Sheet; row: Row }) => {
  const typed = row.typed.value!, saved = row.saved.value;
  const mine = useSignal(typed.value), merged = useSignal(typed.value);
  const take = (value: string) => {
    sheet.type(row, value);
    sheet.insist(row);
  };
  const { key } = row.entry;
  return (
    <section class="conflict" aria-label={t("conflict-label", { key })}>
      <p role="alert">{saved ? t("conflict", { name: saved.by, when: when(saved.at) }) : t("conflict-gone")}</p>
      <div class="both">
        <div>
          <h4>{t("theirs")}</h4>
          <p {...written(sheet.locale)}>
            <Diff before={typed.base} after={saved?.value ?? ""} />
          </p>
          <button type="button" onClick={() => sheet.giveWay(row)}>
            {t("take-theirs")}
          </button>
        </div>
        <div>
          <h4>{t("yours")}</h4>
          <p {...written(sheet.locale)}>
            <Diff before={typed.base} after={mine.value} />
          </p>
          <button type="button" onClick={() => take(mine.value)}>
            {t("take-yours")}
          </button>
        </div>
      </div>
      <label>
        {t("merge")}
        <textarea
          rows={2}
          value={merged.value}
          onInput={(event) => {
            merged.value = event.currentTarget.value;
            // Kept as typed, so that closing the tab does not lose it.
            sheet.type(row, merged.value);
          }}
          {...written(sheet.locale)}
        />
      </label>
      <button type="button" class="main" onClick={() => take(merged.value)}>
        {t("take-merged")}
      </button>
    </section>
  );
};
