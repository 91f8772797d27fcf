// Saves what a plan says: pages and entries that are not there, then texts, each on the version that it was held against.

import { ask, type Entry, readAll } from "../api/index.js";
import { saveName } from "../typed.js";
import type { Plan, Wanted } from "./plan.js";

/** Texts that are saved in one request, and their letters: the API takes 1,000, and 8 MiB with everything around them. */
const TOGETHER = 500;
const LETTERS = 1_000_000;

interface Results {
  results: { key: string; version?: number | null; seq?: number | null; problem?: { detail: string } | null }[];
}

/** What came of it. */
export interface Outcome {
  saved: number;
  refused: string[];
}

const chunks = (all: Wanted[]): Wanted[][] => {
  const chunks: Wanted[][] = [];
  let letters = 0;
  for (const one of all) {
    const last = chunks.at(-1);
    letters += one.value.length;
    if (last && last.length < TOGETHER && letters <= LETTERS) last.push(one);
    else {
      chunks.push([one]);
      letters = one.value.length;
    }
  }
  return chunks;
};

const drafts = async (root: string, locale: string, page: string, all: Wanted[], outcome: Outcome): Promise<void> => {
  for (const chunk of chunks(all)) {
    const body = { drafts: chunk.map(({ key, value, version }) => ({ key, value, version })), check: false };
    const { results } = (await ask<Results>("PATCH", `${root}/drafts/${locale}/${page}`, { body, headers: { "idempotency-key": saveName() } })).body;
    for (const { key, version, problem } of results)
      if (version) outcome.saved += 1;
      else outcome.refused.push(`${locale} · ${page} · ${key}: ${problem?.detail ?? ""}`);
  }
};

/** An entry that is to be made. */
interface Fresh {
  key: string;
  kind: "text" | "html";
  note: string;
}

/** The entries that are not there, by page: markup in one language makes them ones that hold markup, and what is said of
 * them beside the source text counts. */
const freshOf = (source: string, plans: Plan[]): Map<string, Map<string, Fresh>> => {
  const pages = new Map<string, Map<string, Fresh>>();
  const sorted = [...plans].sort((one, other) => Number(other.locale === source) - Number(one.locale === source));
  for (const { page, sources, wanted } of sorted) {
    const entries = pages.get(page) ?? new Map<string, Fresh>();
    pages.set(page, entries);
    for (const { key, kind, note, isNew } of [...sources, ...wanted]) {
      const known = entries.get(key);
      if (isNew) entries.set(key, { key, kind: known?.kind === "html" ? "html" : kind, note: known?.note || note });
    }
  }
  return pages;
};

/** Makes the pages and entries that no one made meanwhile. */
export const prepare = async (root: string, source: string, pages: Set<string>, plans: Plan[]): Promise<void> => {
  for (const [page, wanted] of freshOf(source, plans)) {
    if (!plans.some((plan) => plan.page === page && plan.wanted.length + plan.sources.length)) continue;
    if (!pages.has(page)) {
      await ask("PUT", `${root}/pages/${page}`, { body: {} });
      pages.add(page);
    }
    if (!wanted.size) continue;
    const there = new Set((await readAll<Entry>(`${root}/pages/${page}/entries`)).map(({ key }) => key));
    const missing = [...wanted.values()].filter(({ key }) => !there.has(key));
    for (let first = 0; first < missing.length; first += TOGETHER)
      await ask("PATCH", `${root}/pages/${page}/entries`, { body: { entries: missing.slice(first, first + TOGETHER) } });
  }
};

/** Saves one file's texts. */
export const save = async (root: string, source: string, plan: Plan, outcome: Outcome): Promise<void> => {
  const { locale, page } = plan;
  // The source texts first: what is saved after them is no older.
  await drafts(root, source, page, plan.sources, outcome);
  await drafts(root, locale, page, plan.wanted, outcome);
};
