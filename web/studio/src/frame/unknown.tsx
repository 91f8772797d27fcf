// Tagged elements of the page that no entry knows, and making entries of them with the text that they have.

import { useSignal } from "@preact/signals";
import { ask, type Entry, type Page, readAll } from "../api/index.js";
import type { Unknown } from "../edit/protocol.js";
import { useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { partsOf, sourceOf } from "../pattern/source.js";
import { t } from "../words.js";
import { Again } from "./again.jsx";
import { useGuard } from "./safe.js";
import type { Desk } from "./desk.js";

const nameOf = ({ page, key }: Unknown): string => `${page} ${key}`;

/** A text as a value: what Fluent would read as its own is kept as words. */
const valueOf = ({ text, kind }: Unknown): string => {
  const source = text.replace(/[{}]/g, (brace) => `{ "${brace}" }`);
  const parts = partsOf(source, kind);
  return parts ? sourceOf(parts, kind) : source;
};

const byPage = (all: Unknown[]): Map<string, Unknown[]> => {
  const pages = new Map<string, Unknown[]>();
  for (const one of all) pages.set(one.page, [...(pages.get(one.page) ?? []), one]);
  return pages;
};

/** Makes them: pages that are not there, entries, and their first texts in the source locale. */
const make = async (root: string, source: string, chosen: Unknown[]): Promise<void> => {
  const pages = await readAll<Page>(`${root}/pages`);
  for (const [page, wanted] of byPage(chosen)) {
    const at = `${root}/pages/${encodeURIComponent(page)}`, isThere = pages.some((one) => one.page === page);
    if (!isThere) await ask("PUT", at, { body: {} });
    // Somebody may have made some of them meanwhile: they stay as they are.
    const known = isThere ? await readAll<Entry>(`${at}/entries`) : [];
    const all = wanted.filter(({ key }) => !known.some((one) => one.key === key));
    if (!all.length) continue;
    await ask("PATCH", `${at}/entries`, { body: { entries: all.map(({ key, kind }) => ({ key, kind })) } });
    const drafts = all.flatMap((one) => (one.text ? [{ key: one.key, value: valueOf(one), version: 0 }] : []));
    if (drafts.length) await ask("PATCH", `${root}/drafts/${source}/${encodeURIComponent(page)}`, { body: { drafts } });
  }
};

export const UnknownEntries = ({ desk }: { desk: Desk }) => {
  const guard = useGuard(), left = useSignal<Set<string>>(new Set()), { isBusy, failure, act } = useAct();
  const all = desk.unknown.value, project = desk.project.value;
  // One key may be in the page several times.
  const once = all.filter((one, place) => all.findIndex((other) => nameOf(other) === nameOf(one)) === place);
  if (!once.length || !project?.source) return null;
  const chosen = once.filter((one) => !left.value.has(nameOf(one)));
  const toggle = (name: string) => {
    const next = new Set(left.value);
    if (!next.delete(name)) next.add(name);
    left.value = next;
  };
  const create = (event: MouseEvent) =>
    guard.allows(event) &&
    act(async () => {
      await make(`/projects/${project.project}`, project.source!, chosen);
      await desk.again();
    });
  return (
    <details class="new">
      <summary>{t("unknown", { count: once.length })}</summary>
      <p class="quiet">{t("unknown-help")}</p>
      <ul>
        {once.map((one) => (
          <li>
            <label>
              <input type="checkbox" checked={!left.value.has(nameOf(one))} onChange={() => toggle(nameOf(one))} /> <code>{one.key}</code>{" "}
              <span class="quiet">{one.text}</span>
            </label>
          </li>
        ))}
      </ul>
      <Failure of={failure.value} />
      <button type="button" class="main" ref={guard.button} disabled={isBusy.value || !chosen.length || !guard.isSafe.value} onClick={create}>
        {t("unknown-create", { count: chosen.length })}
      </button>{" "}
      <Again guard={guard} />
    </details>
  );
};
