// One entry on the sheet: its source text, its own text to write, and what is to be said of it.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Diff } from "../parts/diff.jsx";
import { type Kind, merged, type Part } from "../pattern/parts.js";
import { type Forms, formsOf, partsOf, sourceOf, sourceOfForms } from "../pattern/source.js";
import { t, when, written } from "../words.js";
import { Conflict } from "./conflict.jsx";
import { Details } from "./details.jsx";
import { History } from "./history.jsx";
import { changes, typedPlaces } from "../typed.js";
import { Rename } from "./rename.jsx";
import { Shown } from "./shown.jsx";
import { isOvertaken, type Row, type Sheet } from "./sheet.js";
import { chipLabel, Field, shown } from "./field.jsx";
import { FormsField, isPlural } from "./forms.jsx";
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

const isMissing = (row: Row): boolean => stateOf(row) === "missing";

const valueOf = (row: Pick<Row, "typed" | "saved">): string => row.typed.value?.value ?? row.saved.value?.value ?? "";

/** Saves, and goes on to the next text that is wanted, unless somebody has gone elsewhere meanwhile. */
const saveAndGo = async ({ sheet, row }: Props, isWanted: (row: Row) => boolean): Promise<void> => {
  const from = document.activeElement;
  if ((await sheet.save(row)) && from && document.activeElement === from) sheet.goOn(row, isWanted);
};

/** What may be filled in: of the source text, and of the text itself. */
const chipsOf = (row: Row): string[] => [...new Set(`${row.source.value ?? ""} ${valueOf(row)}`.match(/\{ *(?:\$|-)[\w-]+ *\}/g) ?? [])];

type Readable = { parts: Part[] } | { forms: Forms };

/** As words, chips and markup, or a tab for each form; nothing where it is its source that is written. */
const readable = (value: string, kind: Kind): Readable | undefined => {
  // Mere words need no more than a text field.
  if (kind === "text" && !value.includes("{")) return undefined;
  const parts = partsOf(value, kind);
  if (parts) return { parts: merged(parts) };
  const forms = formsOf(value, kind);
  return forms && { forms };
};

/** What is written, or how what is not written yet will be: as its source text is. */
const writable = ({ entry: { kind = "text" }, source, ...row }: Row): Readable | undefined => {
  const value = valueOf(row);
  if (value) return readable(value, kind);
  const found = readable(source.value ?? "", kind);
  if (!found || "parts" in found) return found && { parts: [] };
  const { selector, fallback, variants } = found.forms;
  const keys = isPlural(found.forms) ? [fallback] : [...variants.keys()];
  return { forms: { selector, fallback, variants: new Map(keys.map((key) => [key, []])) } };
};

/** The source text as it reads. */
const SourceText = ({ row, locale }: { row: Row; locale: string }) => {
  const value = row.source.value, found = value && readable(value, row.entry.kind ?? "text");
  return (
    <div class="source" {...written(locale)}>
      {value === undefined ? (
        <span class="quiet">{t("no-source")}</span>
      ) : !found ? (
        value
      ) : "parts" in found ? (
        shown(found.parts)
      ) : (
        [...found.forms.variants].map(([key, parts]) => (
          <p>
            <span class="example">{key}</span> {shown(parts)}
          </p>
        ))
      )}
    </div>
  );
};

const Text = ({ sheet, row }: Props) => {
  const isSource = useSignal(false), isWriting = useSignal<"source" | "words" | undefined>(undefined), put = useRef<((chip: string) => void) | undefined>(undefined), own = useRef<HTMLDivElement>(null);
  // While somebody writes its source, it stays that.
  const found = writable(row);
  // Also where the last chip went: the field that somebody writes in stays.
  const way = isSource.value || isWriting.value === "source" ? undefined : (found ?? (isWriting.value === "words" ? { parts: partsOf(valueOf(row), row.entry.kind ?? "text") ?? [] } : undefined));
  const { key, kind = "text" } = row.entry, about = { key, state: stateOf(row) };
  const chips = chipsOf(row);
  const insert = (chip: string): void => {
    if (put.current) return put.current(chip);
    const area = own.current?.querySelector("textarea");
    if (!area) return;
    area.focus();
    area.setRangeText(chip, area.selectionStart, area.selectionEnd, "end");
    sheet.type(row, area.value);
  };
  const field = {
    kind,
    about,
    locale: sheet.locale,
    label: t(isOvertaken(row) ? "merge" : "text-label", { key }),
    describedBy: `about-${key}`,
    placeholder: row.source.value && t("text-placeholder"),
    focused: () => row.preview.value ?? void sheet.look(row),
    insert: (given: typeof put.current) => (put.current = given),
    unheld: () => (isSource.value = true),
    keys: {
      "Mod-Enter": () => void saveAndGo({ sheet, row }, () => true),
      "Shift-Mod-Enter": () => void saveAndGo({ sheet, row }, isMissing),
      "Mod-s": () => void sheet.save(row),
    },
  };
  return (
    <div
      ref={own}
      onFocusIn={({ target }) => {
        const { localName, classList } = target as Element;
        isWriting.value = localName === "textarea" ? "source" : classList.contains("rich") ? "words" : undefined;
      }}
      onFocusOut={() => (isWriting.value = undefined)}
    >
      {way && "parts" in way ? (
        <Field {...field} parts={way.parts} newest={() => partsOf(valueOf(row), kind) ?? []} typed={(parts) => sheet.type(row, sourceOf(parts, kind))} />
      ) : way ? (
        <FormsField {...field} forms={way.forms} newest={() => formsOf(valueOf(row), kind)} typed={(forms) => sheet.type(row, sourceOfForms(forms, kind))} />
      ) : (
        <Source sheet={sheet} row={row} />
      )}
      {(chips.length > 0 || way || isSource.value) && (
        <div class="chips">
          {chips.map((chip) => (
            <button type="button" class="chip" title={t("insert", { name: chip })} onMouseDown={(event) => event.preventDefault()} onClick={() => insert(chip)}>
              {chipLabel(chip.replace(/^\{ *| *\}$/g, (brace) => (brace[0] === "{" ? "{ " : " }")))}
            </button>
          ))}
          {(way || isSource.value) && (
            <button type="button" class="plain" aria-pressed={isSource.value} onClick={() => (isSource.value = !isSource.value)}>
              {t("as-source")}
            </button>
          )}
        </div>
      )}
    </div>
  );
};

/** The text as Fluent has it. */
const Source = ({ sheet, row }: Props) => {
  const area = useRef<HTMLTextAreaElement>(null), value = valueOf(row);
  useEffect(() => fit(area.current!), [value]);
  const keys = (event: KeyboardEvent) => {
    // An input method is still at it.
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void saveAndGo({ sheet, row }, event.shiftKey ? isMissing : () => true);
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
  const length = [...valueOf(row)].length;
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

/** Whether something is typed in it, in any language, and not saved. */
const isTyped = ({ project, page, key }: Row["place"]): boolean =>
  changes.value >= 0 && typedPlaces(project).some((place) => place.page === page && place.key === key);

/** `again` reads the page again, where entries can be changed. */
export const EntryRow = ({ sheet, row, again }: Props & { again?: () => void }) => {
  const { key, note } = row.entry, path = `/projects/${sheet.project}/pages/${sheet.page}/entries/${encodeURIComponent(key)}`;
  return (
    <li class="entry" data-key={key}>
      <div class="head">
        <h3>
          <code>{key}</code>
        </h3>
        {again && (
          <>
            <Rename
              path={`${path}/rename`}
              name={key}
              label={t("key")}
              pattern="-?[A-Za-z][A-Za-z0-9_.\-]*"
              help={t("key-help")}
              body={(to) => ({ key: to })}
              isDirty={isTyped(row.place)}
              done={again}
            />
            <Details path={path} entry={row.entry} done={again} />
          </>
        )}
      </div>
      {note && <p class="note">{note}</p>}
      <div class="texts">
        {sheet.locale !== sheet.sourceLocale && (
          <SourceText row={row} locale={sheet.sourceLocale} />
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
