// What is edited on a site: a sheet for each of its pages, in one locale. The site is told of every entry and may read
// and write drafts on these sheets, nothing else.

import { computed, effect, signal } from "@preact/signals";
import { type Locale, type Page, type Project, read, readAll } from "../api/index.js";
import type { Ask, Place, Told, Unknown } from "../edit/protocol.js";
import { partsOf, sourceOf } from "../pattern/source.js";
import { keepElsewhere } from "../storage.js";
import { typedAt } from "../typed.js";
import { isOvertaken, type Row, Sheet } from "../write/sheet.js";
import { stateOf } from "../write/state.js";
import { say } from "./site.js";

/** Texts that are compiled at once when a page is opened. */
const AT_ONCE = 6;

/** What is asked of whoever is signed in. */
export type Edit = Exclude<Ask, { ask: "preview" }>;

const isText = (value: unknown): value is string => typeof value === "string";

const nameOf = ({ page, key }: Place): string => `${page} ${key}`;

export class Desk {
  readonly project = signal<Project | undefined>(undefined);
  readonly locales = signal<Locale[]>([]);
  readonly locale = signal("");
  readonly sheets = signal<Sheet[]>([]);
  readonly failure = signal<unknown>(undefined);
  /** What is on the screen of the site, once it is known. */
  readonly seen = signal<Set<string> | undefined>(undefined);
  /** Tagged elements that no entry knows. */
  readonly unknown = signal<Unknown[]>([]);
  readonly chosen = signal<Place | undefined>(undefined);
  /** Asks for the focus: counted up. */
  readonly wanted = signal(0);
  readonly rows = computed(() => this.sheets.value.flatMap((sheet) => sheet.rows.value.map((row) => ({ sheet, row }))));
  private pages: string[] = [];
  /** What the page typed last, by entry. */
  private typings = new Map<string, { typing: number; value: string }>();
  private unfollow: (() => void)[] = [];
  private round = 0;
  private left: Sheet[] = [];

  constructor(readonly slug: string) {}

  /** What the site asks. */
  asked(what: Edit): void {
    try {
      this.answer(what);
    } catch (error) {
      // Scripts of the site may say anything.
      console.warn("not understood", error);
    }
  }

  private answer(what: Edit): void {
    if (what.ask === "open") {
      if (what.kept) keepElsewhere(this.own(what.kept), (name, text) => say({ say: "keep", name, text }));
      void this.open(what.pages.filter(isText), String(what.locale));
    } else if (what.ask === "seen") {
      this.seen.value = new Set(what.places.map(nameOf));
      this.unknown.value = what.unknown.filter(
        ({ page, key, kind, text }) => [page, key, text].every(isText) && (kind === "text" || kind === "html"),
      );
    } else {
      const found = this.find(what.place, what.locale);
      if (found) this.edit(found.sheet, found.row, what);
    }
  }

  /** What was typed in this project and kept by the site, and nothing else. */
  private own(kept: Record<string, string>): Record<string, string> {
    const isOwn = ([name, text]: [string, string]): boolean => /^(typed|aside) /.test(name) && name.split(" ")[1] === this.slug && isText(text);
    return Object.fromEntries(Object.entries(kept).filter(isOwn));
  }

  private edit(sheet: Sheet, row: Row, what: Exclude<Edit, { ask: "open" | "seen" }>): void {
    if (what.ask === "choose") {
      this.chosen.value = what.place;
      this.wanted.value = what.focus ? this.wanted.value + 1 : 0;
      void sheet.look(row);
    } else if (what.ask === "type") {
      const value = sourceOf(what.parts, row.entry.kind ?? "text");
      this.typings.set(nameOf(what.place), { typing: what.typing, value });
      // A text that is not there begins as its source text: that alone is no translation.
      if (!row.saved.value?.value && value === row.source.value) sheet.forget(row);
      else sheet.type(row, value);
      this.tell(sheet, row);
    } else if (what.ask === "save") void sheet.save(row);
    else if (what.ask === "forget") sheet.giveWay(row);
  }

  /** Also on the sheets that were left last: what was typed on them is saved on them. */
  find(place: Place, locale: string): { sheet: Sheet; row: Row } | undefined {
    const sheet = [...this.sheets.value, ...this.left].find((one) => one.page === place.page && one.locale === locale);
    const row = sheet?.rows.value.find(({ entry }) => entry.key === place.key);
    return sheet && row && { sheet, row };
  }

  /** Opens the pages that the site names, in its locale or another. */
  async open(pages: string[], wished: string): Promise<void> {
    this.pages = pages;
    const round = ++this.round, root = `/projects/${this.slug}`;
    this.failure.value = undefined;
    let sheets: Sheet[] = [];
    try {
      const [project, locales, known] = await Promise.all([
        read<Project>(root),
        readAll<Locale>(`${root}/locales`),
        readAll<Page>(`${root}/pages`),
      ]);
      const source = project.source ?? "", locale = locales.find((one) => one.locale === wished)?.locale ?? source;
      sheets = pages
        .filter((page) => known.some((one) => one.page === page))
        .map((page) => new Sheet(this.slug, locale, page, source));
      await Promise.all(sheets.map((sheet) => sheet.open()));
      if (round !== this.round) return sheets.forEach((sheet) => sheet.close());
      this.left = this.sheets.value;
      this.close();
      // What was typed while they were read.
      for (const row of sheets.flatMap((sheet) => sheet.rows.value)) row.typed.value = typedAt(row.place);
      this.project.value = project;
      this.locales.value = locales;
      this.locale.value = locale;
      this.sheets.value = sheets;
      say({ say: "rows", locale, rows: sheets.flatMap((sheet) => sheet.rows.value.map((row) => this.told(sheet, row))) });
      for (const sheet of sheets) this.follow(sheet);
      await this.compile(sheets);
    } catch (error) {
      for (const sheet of sheets) sheet.close();
      this.failure.value = error;
    }
  }

  /** The same pages in another locale, or anew. */
  again(locale = this.locale.value): Promise<void> {
    return this.open(this.pages, locale);
  }

  private close(): void {
    for (const sheet of this.sheets.value) sheet.close();
    for (const end of this.unfollow) end();
    this.unfollow = [];
  }

  /** Has everything compiled that is not as it is live, so that the site can show it. */
  private async compile(sheets: Sheet[]): Promise<void> {
    const rows = sheets.flatMap((sheet) => sheet.rows.value.map((row) => ({ sheet, row })));
    const waiting = rows.filter(({ row }) => row.live.value !== undefined || row.typed.value);
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await next.sheet.look(next.row);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Tells the site whenever something of an entry changes. */
  private follow(sheet: Sheet): void {
    for (const row of sheet.rows.value) {
      let isFirst = true;
      this.unfollow.push(
        effect(() => {
          const told = this.told(sheet, row);
          if (!isFirst) say({ say: "row", locale: sheet.locale, row: told });
          isFirst = false;
        }),
      );
    }
  }

  private tell(sheet: Sheet, row: Row): void {
    say({ say: "row", locale: sheet.locale, row: this.told(sheet, row) });
  }

  private told({ page, unkept }: Sheet, row: Row): Told {
    const { key, kind = "text" } = row.entry;
    const value = row.typed.value?.value ?? row.saved.value?.value ?? "";
    const parts = partsOf(value || (row.source.value ?? ""), kind);
    const preview = row.preview.value, own = this.typings.get(nameOf({ page, key }));
    return {
      page,
      key,
      kind,
      state: stateOf(row),
      typing: own?.typing ?? 0,
      isOwn: own?.value === value,
      isKept: !row.typed.value || !unkept.value,
      ...(parts && { parts }),
      // Another text than the compiled one is about to be compiled.
      ...(preview?.message !== undefined && preview.of === value && !isOvertaken(row) && { message: preview.message }),
    };
  }
}
