// Every text that an entry ever had, with what changed, and bringing one back.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Problem, read, type Revision } from "../api/index.js";
import { asideAt, putAside, throwAway } from "../aside.js";
import { Dialog } from "../parts/dialog.jsx";
import { Diff } from "../parts/diff.jsx";
import { Failure } from "../parts/failure.jsx";
import { t, when, written } from "../words.js";
import type { Row, Sheet } from "./sheet.js";

interface Props {
  sheet: Sheet;
  row: Row;
  close: () => void;
}

interface Page {
  items: Revision[];
  next?: string | null;
}

/** Revisions read at a time. */
const PAGE = 30;

export const History = ({ sheet, row, close }: Props) => {
  const revisions = useSignal<Revision[] | undefined>(undefined);
  const next = useSignal<string | null | undefined>(undefined);
  const failure = useSignal<unknown>(undefined), asides = useSignal(asideAt(row.place));
  const { project, locale, page, key } = row.place;
  const more = async () => {
    const cursor = next.value ? `&cursor=${encodeURIComponent(next.value)}` : "";
    try {
      const path = `/projects/${project}/drafts/${locale}/${page}/${encodeURIComponent(key)}/history?limit=${PAGE}${cursor}`;
      const found = await read<Page>(path);
      revisions.value = [...(revisions.value ?? []), ...found.items];
      next.value = found.next;
    } catch (error) {
      // Nothing was ever saved.
      if (error instanceof Problem && error.status === 404) revisions.value = [];
      else failure.value = error;
    }
  };
  useEffect(() => void more(), []);
  // It is typed first, so that it can be looked at and changed before it is saved.
  const bringBack = (value: string) => {
    const now = row.typed.value?.value;
    if (now && now !== value) putAside(row.place, now);
    sheet.type(row, value);
    close();
  };
  const all = revisions.value;
  return (
    <Dialog title={t("history-title", { key })} close={close}>
      <Failure of={failure.value} />
      {!all && !failure.value && <p class="quiet">{t("loading")}</p>}
      <ol class="revisions">
        {asides.value.map((one) => (
          <li key={one.at}>
            <p class="quiet">{t("aside", { when: when(new Date(one.at).toISOString()) })}</p>
            <p {...written(sheet.locale)}>{one.value}</p>
            <button type="button" onClick={() => bringBack(one.value)}>
              {t("bring-back")}
            </button>{" "}
            <button
              type="button"
              onClick={() => {
                throwAway(row.place, one);
                asides.value = asideAt(row.place);
              }}
            >
              {t("throw-away")}
            </button>
          </li>
        ))}
        {all?.map((revision, place) => (
          <li>
            <p class="quiet">
              {t("revision", { version: revision.version, name: revision.by.name, when: when(revision.at) })}
            </p>
            <p {...written(sheet.locale)}>
              {place + 1 < all.length || !next.value ? (
                <Diff before={all[place + 1]?.value ?? ""} after={revision.value ?? ""} />
              ) : (
                revision.value
              )}
            </p>
            {place > 0 && revision.value && (
              <button type="button" onClick={() => bringBack(revision.value!)}>
                {t("bring-back")}
              </button>
            )}
          </li>
        ))}
      </ol>
      {next.value && (
        <button type="button" onClick={more}>
          {t("more")}
        </button>
      )}
    </Dialog>
  );
};
