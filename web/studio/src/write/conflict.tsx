// Two texts for one entry: somebody else saved while this one was written. Nothing is lost whichever is taken. The entry's
// own field stays below, to write one text from both.

import { Diff } from "../parts/diff.jsx";
import { t, when, written } from "../words.js";
import type { Row, Sheet } from "./sheet.js";

export const Conflict = ({ sheet, row }: { sheet: Sheet; row: Row }) => {
  const typed = row.typed.value!, saved = row.saved.value, mine = row.mine.value ?? typed.value;
  const takeMine = () => {
    sheet.type(row, mine);
    sheet.insist(row);
  };
  const { key } = row.entry;
  return (
    <section class="conflict" aria-label={t("conflict-label", { key })}>
      <p role="alert">
        {saved && saved.value !== null ? t("conflict", { name: saved.by, when: when(saved.at) }) : t("conflict-gone")}
      </p>
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
            <Diff before={typed.base} after={mine} />
          </p>
          <button type="button" onClick={takeMine}>
            {t("take-yours")}
          </button>
        </div>
      </div>
      <p>{t("merge-below")}</p>
    </section>
  );
};
