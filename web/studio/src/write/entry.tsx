// One entry on the sheet: its source text, its own text to write, and what is to be said of it.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Diff } from "../parts/diff.jsx";
import { t, when, written } from "../words.js";
import { Conflict } from "./conflict.jsx";
import { History } from "./history.jsx";
import { Shown } from "./shown.jsx";
import { isOvertaken, type Row, type Sheet } from "./sheet.js";
import { stateOf } from "./state.js";

interface Props {
  sheet: Sheet;
  row: Row;
}

/** Browsers that size it themselves do so without being asked for each. */
const SIZES_ITSELF = CSS.supports("field-sizing", "content");

const fit = (area: HTMLTextAreaElement): void => {
  if (SIZES_ITSELF) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
};

const nextArea = (area: HTMLTextAreaElement, isWanted: (one: HTMLTextAreaElement) => boolean): void => {
  const areas = [...document.querySelectorAll<HTMLTextAreaElement>("textarea.target")];
  areas.slice(areas.indexOf(area) + 1).find(isWanted)?.focus();
};

const Text = ({ sheet, row }: Props) => {
  const area = useRef<HTMLTextAreaElement>(null);
  const value = row.typed.value?.value ?? row.saved.value?.value ?? "";
  useEffect(() => fit(area.current!), [value]);
  const saveAndGo = async (isWanted: (one: HTMLTextAreaElement) => boolean) => {
    const from = area.current!;
    // Who has gone elsewhere meanwhile stays there.
    if ((await sheet.save(row)) && document.activeElement === from) nextArea(from, isWanted);
  };
  const keys = (event: KeyboardEvent) => {
    // An input method is still at it.
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      saveAndGo(event.shiftKey ? (one) => one.dataset.state === "missing" : () => true);
    } else if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sheet.save(row);
    }
  };
  const { key } = row.entry;
  return (
    <textarea
      ref={area}
      class="target"
      rows={1}
      value={value}
      spellcheck
      data-key={key}
      data-state={stateOf(row)}
      aria-label={t(isOvertaken(row) ? "merge" : "text-label", { key })}
      aria-describedby={`about-${key}`}
      placeholder={row.source.value && t("text-placeholder")}
      onFocus={() => row.preview.value ?? sheet.look(row)}
      onInput={(event) => sheet.type(row, event.currentTarget.value)}
      onKeyDown={keys}
      {...written(sheet.locale)}
    />
  );
};

const About = ({ sheet, row }: Props) => {
  const { key, max_length } = row.entry;
  const length = [...(row.typed.value?.value ?? row.saved.value?.value ?? "")].length;
  const saved = row.saved.value;
  return (
    <div class="about" id={`about-${key}`}>
      <span class={`state ${stateOf(row)}`}>{t(`state-${stateOf(row)}`)}</span>
      {saved && saved.value !== null && !row.typed.value && <span class="quiet">{t("saved-by", { name: saved.by, when: when(saved.at) })}</span>}
      {max_length != null && (
        <span class={length > max_length ? "warning" : "quiet"}>{t("length", { length, most: max_length })}</span>
      )}
      {row.findings.value.map((finding) => (
        <span class={finding.severity}>{finding.message}</span>
      ))}
      {row.broken.value && !row.why.value && <span class="error">{row.broken.value}</span>}
      {row.saving.value === "failed" && row.why.value && (
        <span class="error" role="alert">
          {row.why.value === "unreachable" ? t("save-unreachable") : row.why.value}
        </span>
      )}
    </div>
  );
};

const Tools = ({ sheet, row }: Props) => {
  const isOpen = useSignal(false);
  const isConflict = isOvertaken(row), isDirty = row.typed.value !== undefined && !isConflict;
  return (
    <div class="tools">
      {isConflict && (
        <button type="button" class="main" onClick={() => sheet.insist(row)}>
          {t("take-merged")}
        </button>
      )}
      {isDirty && (
        <>
          <button type="button" class="main" disabled={row.saving.value === "now"} onClick={() => sheet.save(row)}>
            {t("save")}
          </button>
          <button type="button" disabled={row.saving.value === "now"} onClick={() => sheet.giveWay(row)}>
            {t("discard")}
          </button>
        </>
      )}
      <button type="button" class="plain" aria-haspopup="dialog" onClick={() => (isOpen.value = true)}>
        {t("history")}
      </button>
      {isOpen.value && <History sheet={sheet} row={row} close={() => (isOpen.value = false)} />}
    </div>
  );
};

/** What the next publish changes of it. */
const Pending = ({ row }: { row: Row }) => {
  const live = row.live.value, saved = row.saved.value?.value ?? "";
  if (live === undefined || row.typed.value) return null;
  return (
    <details class="pending">
      <summary>{t("not-live")}</summary>
      <Diff before={live ?? ""} after={saved} />
    </details>
  );
};

export const EntryRow = ({ sheet, row }: Props) => {
  const { key, note } = row.entry;
  return (
    <li class="entry" data-key={key}>
      <h3>
        <code>{key}</code>
      </h3>
      {note && <p class="note">{note}</p>}
      <div class="texts">
        {sheet.locale !== sheet.sourceLocale && (
          <p class="source" {...written(sheet.sourceLocale)}>
            {row.source.value ?? <span class="quiet">{t("no-source")}</span>}
          </p>
        )}
        <div class="own">
          {isOvertaken(row) && <Conflict sheet={sheet} row={row} />}
          <Text sheet={sheet} row={row} />
          <About sheet={sheet} row={row} />
          <Shown row={row} />
          <Pending row={row} />
          <Tools sheet={sheet} row={row} />
        </div>
      </div>
    </li>
  );
};
