// What bringing in files would do, before anything is saved: each text of a file beside what is there.

import { ask, type Draft, type Entry, type FileContents, type Locale, type Page, Problem, readAll, Refused } from "../api/index.js";
import { t } from "../words.js";
import { zip } from "./zip.js";

export type Format = "ftl" | "i18next" | "xliff" | "po" | "csv";

/** The formats by what files' names end in. */
const ENDINGS: Record<string, Format> = { ftl: "ftl", json: "i18next", xlf: "xliff", xliff: "xliff", po: "po", pot: "po", csv: "csv" };

/** The most that an archive may hold, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** Something in a file, or all of it, that is not taken. */
export interface Remark {
  line: number;
  reason: string;
}

/** A file that was read. */
export interface Taken {
  name: string;
  contents: FileContents | undefined;
  locale: string | undefined;
  page: string | undefined;
  remarks: Remark[];
}

/** A text that would be saved. */
export interface Wanted {
  key: string;
  value: string;
  /** What it replaces; nothing where nothing is there. */
  before: string | undefined;
  /** The version that it stands on. */
  version: number;
  kind: "text" | "html";
  note: string;
  /** Whether its entry has to be made. */
  isNew: boolean;
}

/** What one file comes to. */
export interface Plan {
  name: string;
  locale: string;
  page: string;
  wanted: Wanted[];
  /** Source texts for entries that have none, by key. */
  sources: Wanted[];
  same: number;
  remarks: Remark[];
}

/** What is there, read once for all files. */
interface Known {
  locales: Set<string>;
  pages: Set<string>;
  entries: Map<string, Promise<Map<string, Entry>>>;
  drafts: Map<string, Promise<Map<string, Draft>>>;
}

/** The files that somebody chose, those in archives among them. Where it lies in a folder, that counts. */
export const unpacked = async (files: Iterable<File>): Promise<{ name: string; bytes: Uint8Array }[]> => {
  const all: { name: string; bytes: Uint8Array }[] = [];
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer()), name = file.webkitRelativePath || file.name;
    if (!/\.zip$/i.test(name)) all.push({ name, bytes });
    else {
      let size = 0;
      // Archives say how large what is in them will be: more than this is no copy.
      const filter = ({ name, originalSize }: { name: string; originalSize: number }): boolean =>
        !/\/$|^__MACOSX\//.test(name) && (size += originalSize) <= LARGEST;
      const { unzipSync } = await zip();
      for (const [inside, content] of Object.entries(unzipSync(bytes, { filter }))) all.push({ name: inside, bytes: content });
      if (size > LARGEST) throw new Refused(t("file-large", { name }));
    }
  }
  return all;
};

/** The path that says locale and page: the folder that was chosen is none of it. */
const pathOf = (name: string, locales: Set<string>): string => {
  const parts = name.split("/"), at = parts.findIndex((part) => locales.has(part));
  return at < 0 ? parts.at(-1)! : parts.slice(at).join("/");
};

/** Reads a file: the API understands it. */
export const take = async (root: string, locales: Set<string>, name: string, bytes: Uint8Array): Promise<Taken> => {
  const nothing = (reason: string): Taken => ({ name, contents: undefined, locale: undefined, page: undefined, remarks: [{ line: 0, reason }] });
  const format = ENDINGS[name.split(".").at(-1)!.toLowerCase()];
  if (!format) return nothing(t("file-format"));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return nothing(t("file-encoding"));
  }
  try {
    const { body: contents } = await ask<FileContents>("POST", `${root}/files`, { body: { format, name: pathOf(name, locales), text } });
    const { locale, page, skipped, changed } = contents;
    return { name, contents, locale: locale ?? undefined, page: page ?? undefined, remarks: [...skipped, ...changed] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return nothing(error.message);
  }
};

/** What is there of a project. */
export const known = async (root: string): Promise<Known> => {
  const [locales, pages] = await Promise.all([readAll<Locale>(`${root}/locales`), readAll<Page>(`${root}/pages`)]);
  return {
    locales: new Set(locales.map(({ locale }) => locale)),
    pages: new Set(pages.map(({ page }) => page)),
    entries: new Map(),
    drafts: new Map(),
  };
};

const once = <Value>(all: Map<string, Promise<Value>>, name: string, read: () => Promise<Value>): Promise<Value> => {
  const value = all.get(name) ?? read();
  all.set(name, value);
  return value;
};

const byKey = <Of extends { key: string }>(items: Of[]): Map<string, Of> => new Map(items.map((item) => [item.key, item]));

/** Holds a file against what is there. */
export const plan = async (root: string, source: string, there: Known, { name, contents, locale, page, remarks }: Taken): Promise<Plan> => {
  const all: Plan = { name, locale: locale!, page: page!, wanted: [], sources: [], same: 0, remarks: [...remarks] };
  const refuse = (reason: string): void => void all.remarks.push({ line: 0, reason });
  if (!there.locales.has(locale!)) {
    refuse(t("file-no-locale", { locale: locale! }));
    return all;
  }
  if (contents!.source && contents!.source !== source) {
    refuse(t("file-other-source", { locale: contents!.source }));
    return all;
  }
  const isThere = there.pages.has(page!);
  const entries = isThere ? await once(there.entries, page!, async () => byKey(await readAll<Entry>(`${root}/pages/${page}/entries`))) : new Map<string, Entry>();
  const draftsOf = (of: string) =>
    isThere ? once(there.drafts, `${of} ${page}`, async () => byKey(await readAll<Draft>(`${root}/drafts/${of}/${page}`))) : Promise.resolve(new Map<string, Draft>());
  const [own, sources] = await Promise.all([draftsOf(locale!), draftsOf(source)]);
  const want = (message: FileContents["messages"][number], now: Draft | undefined): Wanted => ({
    key: message.key,
    value: message.value,
    before: now?.value ?? undefined,
    version: now?.version ?? 0,
    kind: message.kind,
    note: message.note,
    isNew: !entries.has(message.key),
  });
  for (const message of contents!.messages) {
    const { key, value, version, source_version, fuzzy } = message, now = own.get(key);
    if (now?.value === value) all.same += 1;
    else if (fuzzy) refuse(t("file-fuzzy", { key }));
    // An export of ours: its entry was there, and its source text is what was translated.
    else if (source_version != null && sources.get(key)?.version !== source_version) refuse(t("file-source-changed", { key }));
    else if (version != null && (now?.version ?? 0) !== version) refuse(t("file-overtaken", { key }));
    else all.wanted.push(want(message, now));
  }
  for (const message of contents!.sources) if (locale !== source && !sources.has(message.key)) all.sources.push(want(message, undefined));
  return all;
};

