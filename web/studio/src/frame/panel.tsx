// The panel beside a site that is edited: its entries, one of them with all that the studio knows of it, and publishing.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isReachable } from "../api/index.js";
import { signOut } from "../api/session.js";
import { Failure } from "../parts/failure.jsx";
import { isChip, type Kind, type Part } from "../pattern/parts.js";
import { partsOf } from "../pattern/source.js";
import { Publish } from "../screens/publish.jsx";
import { localeName, t, written } from "../words.js";
import { EntryRow } from "../write/entry.jsx";
import type { Row, Sheet } from "../write/sheet.js";
import { stateOf } from "../write/state.js";
import type { Desk } from "./desk.js";
import { canTell, useGuard } from "./safe.js";
import { say } from "./site.js";
import { UnknownEntries } from "./unknown.jsx";

type View = "entries" | "publish" | "bar";

const textOf = (row: Row): string => row.typed.value?.value ?? row.saved.value?.value ?? "";

/** The words of a value alone. */
const plain = (source: string, kind: Kind = "text"): string => {
  const words = (parts: Part[]): string =>
    parts.map((part) => (typeof part === "string" ? part : isChip(part) ? part.chip : words(part.parts))).join("");
  const parts = partsOf(source, kind);
  return parts ? words(parts) : source;
};

const Listed = ({ desk, sheet, row }: { desk: Desk; sheet: Sheet; row: Row }) => {
  const place = { page: sheet.page, key: row.entry.key };
  const choose = () => {
    desk.chosen.value = place;
    say({ say: "show", place });
  };
  const text = plain(textOf(row) || row.source.value || "", row.entry.kind);
  return (
    <li>
      <button type="button" class="listed" onClick={choose}>
        <span class={`state ${stateOf(row)}`}>
          <span class="unseen">{t(`state-${stateOf(row)}`)}</span>
        </span>
        <code>{place.key}</code>
        <span class="quiet" {...written(sheet.locale)}>
          {text.slice(0, 80)}
        </span>
        {desk.seen.value?.has(`${place.page} ${place.key}`) === false && <span class="quiet">{t("off-screen")}</span>}
      </button>
    </li>
  );
};

const List = ({ desk }: { desk: Desk }) => {
  const wanted = useSignal("");
  const rows = desk.rows.value.filter(({ row }) =>
    [row.entry.key, textOf(row), row.source.value ?? ""].some((text) => text.toLowerCase().includes(wanted.value.toLowerCase())),
  );
  return (
    <>
      <label>
        {t("find")}
        <input type="search" value={wanted.value} onInput={(event) => (wanted.value = event.currentTarget.value)} />
      </label>
      <UnknownEntries desk={desk} />
      <ul class="list">
        {rows.map(({ sheet, row }) => (
          <Listed key={`${sheet.page} ${row.entry.key}`} desk={desk} sheet={sheet} row={row} />
        ))}
      </ul>
    </>
  );
};

/** The entry that was chosen, and those of its element's attributes. */
const Chosen = ({ desk }: { desk: Desk }) => {
  const { page, key } = desk.chosen.value!, list = useRef<HTMLUListElement>(null);
  const rows = desk.rows.value.filter(({ sheet, row }) => sheet.page === page && (row.entry.key === key || row.entry.key.startsWith(`${key}.`)));
  useEffect(() => {
    if (desk.wanted.value) list.current?.querySelector<HTMLElement>(".target")?.focus();
  }, [desk.wanted.value, key]);
  return (
    <>
      <button type="button" class="plain" onClick={() => (desk.chosen.value = undefined)}>
        {t("all-entries")}
      </button>
      <h2 class="unseen">{t("screen-write")}</h2>
      <ul class="entries" ref={list}>
        {rows.map(({ sheet, row }) => (
          <EntryRow key={`${sheet.locale} ${page} ${row.entry.key}`} sheet={sheet} row={row} />
        ))}
      </ul>
    </>
  );
};

const Publishing = ({ desk, back }: { desk: Desk; back: () => void }) => {
  const guard = useGuard(), project = desk.project.value!;
  return (
    <div>
      <button type="button" class="plain" onClick={back}>
        {t("all-entries")}
      </button>
      {canTell ? (
        <Publish project={project} guard={guard} published={() => void desk.again()} />
      ) : (
        <p>
          <a href={`${location.origin}/#/${project.project}/publish`} target="_blank" rel="noopener">
            {t("publish-in-studio")}
          </a>
        </p>
      )}
    </div>
  );
};

export const Panel = ({ desk }: { desk: Desk }) => {
  const view = useSignal<View>("entries"), project = desk.project.value;
  useEffect(() => say({ say: "size", size: view.value === "bar" ? "bar" : "panel" }), [view.value]);
  // Somebody chose a text in the page.
  useEffect(() => {
    if (desk.chosen.value && view.value === "publish") view.value = "entries";
  }, [desk.chosen.value]);
  const isBar = view.value === "bar";
  return (
    <>
      <header class="top">
        <h1>{project?.name ?? "Copydesk"}</h1>
        {!isBar && (
          <button type="button" class="plain" onClick={() => void signOut()}>
            {t("sign-out")}
          </button>
        )}
        <button type="button" onClick={() => (view.value = isBar ? "entries" : "bar")}>
          {isBar ? t("panel-open") : t("panel-hide")}
        </button>
        {!isBar && (
          <button type="button" onClick={() => say({ say: "close" })}>
            {t("panel-close")}
          </button>
        )}
      </header>
      {isBar ? (
        <main />
      ) : (
        <main>
          {!isReachable.value && (
            <p class="offline" role="alert">
              {t("offline")}
            </p>
          )}
          {desk.sheets.value.some((sheet) => sheet.unkept.value) && (
            <p class="error" role="alert">
              {t("not-kept")}
            </p>
          )}
          <Failure of={desk.failure.value} again={() => void desk.again()} />
          {!project && !desk.failure.value && <p class="quiet">{t("loading")}</p>}
          {project && view.value === "entries" && (
            <>
              <div class="row">
                <label>
                  {t("locale")}
                  <select value={desk.locale.value} onChange={(event) => void desk.again(event.currentTarget.value)}>
                    {desk.locales.value.map((one) => (
                      <option value={one.locale}>{localeName(one.locale)}</option>
                    ))}
                  </select>
                </label>
                <button type="button" class="main" onClick={() => (view.value = "publish")}>
                  {t("screen-publish")}
                </button>
              </div>
              {desk.chosen.value ? <Chosen desk={desk} /> : <List desk={desk} />}
            </>
          )}
          {project && view.value === "publish" && <Publishing desk={desk} back={() => (view.value = "entries")} />}
        </main>
      )}
    </>
  );
};
