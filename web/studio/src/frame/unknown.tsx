// Tagged elements of the page that no entry knows, and making entries of them with the text that they have.

import { useSignal } from "@preact/signals";
import { ask } from "../api/index.js";
import type { Unknown } from "../edit/protocol.js";
import { useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { partsOf, sourceOf } from "../pattern/source.js";
import { t } from "../words.js";
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
  for (const [page, all] of byPage(chosen)) {
    const at = `${root}/pages/${encodeURIComponent(page)}`;
    await ask("PUT", at, { body: {} });
    await ask("PATCH", `${at}/entries`, { body: { entries: all.map(({ key, kind }) => ({ key, kind })) } });
    const drafts = all.flatMap((one) => (one.text ? [{ key: one.key, value: valueOf(one), version: 0 }] : []));
    if (drafts.length) await ask("PATCH", `${root}/drafts/${source}/${encodeURIComponent(page)}`, { body: { drafts } });
  }
};

export const UnknownEntries = ({ desk }: { desk: Desk }) => {
  const left = useSignal<Set<string>>(new Set()), { isBusy, failure, act } = useAct();
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
  const create = () =>
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
      <button type="button" class="main" disabled={isBusy.value || !chosen.length} onClick={create}>
        {t("unknown-create", { count: chosen.length })}
      </button>
    </details>
  );
};
