// The entries of a page, however many: those that are shown by the filters, and of these only what is near is there.

import { computed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../words.js";
import { EntryRow } from "./entry.jsx";
import { Near } from "./near.js";
import type { Row, Sheet } from "./sheet.js";

/** Rows that come and go together, and how many of them keep their places together. */
const PORTION = 3, CHAPTER = 90;

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

interface Part {
  sheet: Sheet;
  rows: Row[];
  near: Near;
  /** How high the parts of its list are that were there once; its own is the one at its place. */
  heights: number[];
  at: number;
  again: () => void;
}

/** Whether a part of the list is there: near, written in, or wanted; otherwise it keeps its place by its height. */
const useThere = <E extends HTMLElement>({ sheet, rows, near, heights, at }: Part, isFirst: boolean) => {
  const isNear = useSignal(isFirst), own = useRef<E>(null);
  useEffect(() => {
    // The browser may still tell of it when it is gone.
    const part = own.current!;
    return near.watch(part, (now) => {
      // Whoever writes in it, or in a dialog of it, does not lose it.
      const isUsed = part.contains(document.activeElement) || part.querySelector("dialog[open]");
      if (now || isUsed) return (isNear.value = true);
      if (isNear.value) heights[at] = part.offsetHeight;
      isNear.value = false;
    });
  }, [near]);
  const wanted = useMemo(() => computed(() => rows.find((row) => row === sheet.wanted.value)), [sheet, rows]).value;
  useLayoutEffect(() => {
    if (wanted) isNear.value = true;
  }, [wanted]);
  const isThere = isNear.value || wanted !== undefined;
  return { own, wanted, isThere, style: isThere ? undefined : { height: `${heights[at] ?? rows.length * HEIGHT}px` } };
};

const Portion = ({ isFirst, ...part }: Part & { isFirst: boolean }) => {
  const { sheet, rows, again } = part, { own, wanted, isThere, style } = useThere<HTMLUListElement>(part, isFirst);
  useLayoutEffect(() => {
    if (!wanted) return;
    sheet.wanted.value = undefined;
    own.current!.querySelector<HTMLElement>(`.target[data-key="${wanted.entry.key}"]`)?.focus();
  }, [wanted]);
  return (
    <ul ref={own} class="entries" style={style}>
      {isThere && rows.map((row) => <EntryRow key={row.entry.key} sheet={sheet} row={row} again={again} />)}
    </ul>
  );
};

/** Many portions: what is far away costs the browser one element for all of them. */
const Chapter = (part: Part) => {
  const { sheet, rows, near, at, again } = part, { own, isThere, style } = useThere<HTMLDivElement>(part, at === 0);
  // Those of its portions outlive them.
  const heights = useMemo<number[]>(() => [], [rows]);
  return (
    <div ref={own} style={style}>
      {isThere &&
        slices(rows, PORTION).map((some, place) => (
          <Portion key={place} sheet={sheet} rows={some} near={near} heights={heights} at={place} isFirst={at + place === 0} again={again} />
        ))}
    </div>
  );
};

const slices = <T,>(all: T[], size: number): T[][] => Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

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
  // What is in the page stays as it is: a part is looked at again only by its own rows.
  const chapters = useMemo(() => {
    const near = new Near(), heights: number[] = [];
    return slices(rows, CHAPTER).map((some, at) => <Chapter key={at} sheet={sheet} rows={some} near={near} heights={heights} at={at} again={again} />);
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
      {chapters}
    </>
  );
};
