// The entries of a page, however many: those that are shown by the filters, and of these only what is near is there.

import { computed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../words.js";
import { EntryRow } from "./entry.jsx";
import { Near } from "./near.js";
import type { Row, Sheet } from "./sheet.js";

/** Rows that come and go together. */
const PORTION = 4;

/** About how high a row is that was never shown, in pixels. */
const HEIGHT = 170;

type Show = "all" | "missing" | "findings" | "not-live";

const isShown = (row: Row, show: Show, wanted: string): boolean => {
  const value = row.typed.value?.value ?? row.saved.value?.value ?? "";
  const of = {
    all: true,
    missing: !value,
    findings: row.findings.value.length > 0,
    "not-live": row.live.value !== undefined || row.typed.value !== undefined,
  };
  if (!of[show] || !wanted) return of[show];
  return [row.entry.key, row.source.value ?? "", value].some((text) => text.toLowerCase().includes(wanted));
};

interface Portion {
  sheet: Sheet;
  rows: Row[];
  near: Near;
  /** Whether it is there from the start. */
  isFirst: boolean;
  again: () => void;
}

const Portion = ({ sheet, rows, near, isFirst, again }: Portion) => {
  const isNear = useSignal(isFirst), own = useRef<HTMLUListElement>(null), height = useRef(rows.length * HEIGHT);
  useEffect(() => {
    // The browser may still tell of it when it is gone.
    const list = own.current!;
    return near.watch(list, (now) => {
      // Whoever writes in it, or in a dialog of it, does not lose it.
      const isUsed = list.contains(document.activeElement) || list.querySelector("dialog[open]");
      if (now || isUsed) return (isNear.value = true);
      if (isNear.value) height.current = list.offsetHeight;
      isNear.value = false;
    });
  }, [near]);
  const wanted = useMemo(() => computed(() => rows.find((row) => row === sheet.wanted.value)), [sheet, rows]).value, isThere = isNear.value || wanted !== undefined;
  useLayoutEffect(() => {
    if (!wanted) return;
    isNear.value = true;
    sheet.wanted.value = undefined;
    own.current!.querySelector<HTMLElement>(`.target[data-key="${wanted.entry.key}"]`)?.focus();
  }, [wanted]);
  return (
    <ul ref={own} class="entries" style={isThere ? undefined : { height: `${height.current}px` }}>
      {isThere && rows.map((row) => <EntryRow key={row.entry.key} sheet={sheet} row={row} again={again} />)}
    </ul>
  );
};

/** `again` reads the page again. */
export const Entries = ({ sheet, again }: { sheet: Sheet; again: () => void }) => {
  const show = useSignal<Show>("all"), wanted = useSignal("");
  // What is chosen stays shown while it is written in: it is chosen anew when the filter changes.
  const chosen = useMemo(
    () => computed(() => [show.value, wanted.value, sheet.rows.value] as const),
    [sheet],
  );
  const rows = useMemo(() => {
    const [which, text, all] = chosen.value;
    return all.filter((row) => isShown(row, which, text.toLowerCase()));
  }, [chosen.value]);
  sheet.shown = rows;
  // What is in the page stays as it is: a portion is looked at again only by its own rows.
  const portions = useMemo(() => {
    const near = new Near();
    return Array.from({ length: Math.ceil(rows.length / PORTION) }, (_, at) => (
      <Portion key={at} sheet={sheet} rows={rows.slice(at * PORTION, (at + 1) * PORTION)} near={near} isFirst={at === 0} again={again} />
    ));
  }, [rows]);
  return (
    <>
      <div class="filters" role="search">
        <label>
          {t("find")}
          <input type="search" id="find" value={wanted.value} onInput={(event) => (wanted.value = event.currentTarget.value)} />
        </label>
        <label>
          {t("show")}
          <select value={show.value} onChange={(event) => (show.value = event.currentTarget.value as Show)}>
            {(["all", "missing", "findings", "not-live"] as const).map((one) => (
              <option value={one}>{t(`show-${one}`)}</option>
            ))}
          </select>
        </label>
        <p class="quiet" role="status">
          {t("entries", { count: rows.length })}
        </p>
      </div>
      {sheet.unkept.value && (
        <p class="error" role="alert">
          {t("not-kept")}
        </p>
      )}
      {portions}
    </>
  );
};
