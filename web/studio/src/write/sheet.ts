// The sheet that somebody writes on: a page's entries in one locale, beside the source text. It knows of every entry
// what is typed, saved and live, saves, and follows what others save.

import { batch, signal, type Signal } from "@preact/signals";
import { putAside } from "../aside.js";
import {
  ask,
  type Change,
  type Changes,
  type Draft,
  type Drafts,
  type Entry,
  type Event,
  type Finding,
  type Log,
  type Preview,
  type Project,
  Problem,
  read,
  readAll,
  type ToLookAt,
} from "../api/index.js";
import { dropTyped, keepTyped, type Place, saveName, type Typed, typedAt } from "../typed.js";

/** What was saved of an entry last. */
export interface Saved {
  /** Nothing where it was emptied. */
  value: string | null;
  version: number;
  by: string;
  at: string;
}

/** A text that was compiled and checked. */
export interface Previewed extends Preview {
  of: string;
}

/** How a save is going. */
export type Saving = "no" | "now" | "failed";

/** One entry. */
export interface Row {
  readonly place: Place;
  readonly entry: Entry;
  /** The source text; nothing where this is the source locale or there is none. */
  readonly source: Signal<string | undefined>;
  /** What is saved. */
  readonly saved: Signal<Saved | undefined>;
  /** What is typed and not saved. */
  readonly typed: Signal<Typed | undefined>;
  /** What was typed before both texts were merged into one. */
  readonly mine: Signal<string | undefined>;
  /** What sites show of it: the same as what is saved, unless this says otherwise; null for nothing of its own. */
  readonly live: Signal<string | null | undefined>;
  readonly findings: Signal<Finding[]>;
  /** What is typed, or saved, as visitors would see it; nothing before somebody looked. */
  readonly preview: Signal<Previewed | undefined>;
  /** Why what is typed could not be saved. */
  readonly broken: Signal<string>;
  readonly saving: Signal<Saving>;
  /** Why it was not saved. */
  readonly why: Signal<string>;
  /** What others saved while a save was under way: looked at once that has ended. */
  skipped: Saved | undefined;
  /** A save was asked for while one was under way. */
  again: boolean;
  looking: ReturnType<typeof setTimeout> | undefined;
}

/** What a save has to stand on: 0 where nothing is there. */
const versionOf = (saved: Saved | undefined): number => (saved && saved.value !== null ? saved.version : 0);

/** Somebody else saved after this text was begun. */
export const isOvertaken = (row: Row): boolean => {
  const typed = row.typed.value;
  return typed !== undefined && typed.version !== versionOf(row.saved.value);
};

const savedOf = ({ value, version, by, at }: Draft): Saved => ({ value: value ?? null, version, by: by.name, at });

const path = ({ project, locale, page, key }: Place): string =>
  `/projects/${project}/drafts/${locale}/${page}/${encodeURIComponent(key)}`;

/** How long nothing is typed before it is looked at, in milliseconds. */
const REST = 350;

/** Texts that may have been saved without our knowing it. */
const SENT = 5;

/** Every so many looks at what others saved, what is live is looked at, too. */
const LOOKS = 2;

/** How often others' saves are looked for, in milliseconds. */
const FOLLOW = 2_500;

export class Sheet {
  readonly rows = signal<Row[]>([]);
  /** What keeps the browser from keeping what is typed, if anything does. */
  readonly unkept = signal(false);
  /** The rows that are shown, in order. */
  shown: Row[] = [];
  /** The one that somebody goes on to. */
  readonly wanted = signal<Row | undefined>(undefined);
  private seq = 0;
  /** The event that `live` was seen at: what is told of older ones changes nothing of it. */
  private compared = 0;
  /** The release that `live` is of. */
  private release: number | undefined;
  private looks = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isClosed = false;

  constructor(
    readonly project: string,
    readonly locale: string,
    readonly page: string,
    readonly sourceLocale: string,
  ) {}

  private get isSource(): boolean {
    return this.locale === this.sourceLocale;
  }

  /** Reads everything. */
  async open(): Promise<void> {
    const { project, locale, page } = this;
    const root = `/projects/${project}`;
    // What is saved while all this is read comes by the log, from the first event on that one of the lists may lack.
    const seqs: number[] = [];
    const draftsOf = (locale: string) => readAll<Draft, Drafts>(`${root}/drafts/${locale}/${page}`, ({ seq }) => seqs.push(seq));
    const [found, entries, drafts, sources, findings] = await Promise.all([
      this.changed(),
      readAll<Entry>(`${root}/pages/${page}/entries`),
      draftsOf(locale),
      this.isSource ? [] : draftsOf(this.sourceLocale),
      this.found(),
    ]);
    // What is not live has to be known of everything that was read as saved.
    const newest = Math.max(...drafts.map(({ version }) => version), 0);
    const changes = found.seq < newest ? await this.changed() : found;
    const of = <Item extends { key: string }>(items: Item[]) => new Map(items.map((item) => [item.key, item]));
    const [draft, source, live] = [of(drafts), of(sources), of(changes.items)];
    this.seq = Math.min(found.seq, ...seqs);
    this.rows.value = entries.map((entry) => {
      const place = { project, locale, page, key: entry.key };
      const saved = draft.get(entry.key);
      return {
        place,
        entry,
        source: signal(source.get(entry.key)?.value ?? undefined),
        saved: signal(saved && savedOf(saved)),
        typed: signal(typedAt(place)),
        mine: signal<string | undefined>(undefined),
        live: signal(live.get(entry.key)?.live),
        findings: signal(findings.get(entry.key) ?? []),
        preview: signal<Previewed | undefined>(undefined),
        broken: signal(""),
        saving: signal<Saving>("no"),
        why: signal(""),
        skipped: undefined,
        again: false,
        looking: undefined,
      };
    });
    this.followLater();
  }

  /** Goes on to the next row that is wanted, wherever it is. */
  goOn(from: Row, isWanted: (row: Row) => boolean): void {
    this.wanted.value = this.shown.slice(this.shown.indexOf(from) + 1).find(isWanted);
  }

  /** Ends following. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const row of this.rows.value) clearTimeout(row.looking);
  }

  /** Somebody types. */
  type(row: Row, value: string): void {
    const saved = row.saved.value, before = row.typed.value;
    if (isOvertaken(row)) {
      // One text is made of both: the one that was typed stays to be had.
      if (before && row.mine.value === undefined) {
        row.mine.value = before.value;
        putAside(row.place, before.value);
      }
    } else if (value === (saved?.value ?? "") && row.saving.value !== "now") return this.forget(row);
    const typed: Typed = {
      value,
      version: before?.version ?? versionOf(saved),
      base: before?.base ?? saved?.value ?? "",
      save: saveName(),
      ...(before?.sent === undefined ? {} : { sent: before.sent }),
      at: Date.now(),
    };
    this.keep(row, typed);
    this.lookSoon(row);
  }

  /** Holds what is typed, in the browser's storage too. */
  private keep(row: Row, typed: Typed): void {
    // Nobody is told of it before it is known whether it is kept.
    batch(() => {
      row.typed.value = typed;
      try {
        keepTyped(row.place, typed);
        this.unkept.value = false;
      } catch {
        this.unkept.value = true;
      }
    });
  }

  /** What is typed is no longer needed: it is saved, or given up. */
  private drop(row: Row): void {
    const typed = row.typed.value;
    row.typed.value = row.mine.value = undefined;
    if (typed) dropTyped(row.place, typed.save);
  }

  private lookSoon(row: Row): void {
    clearTimeout(row.looking);
    row.looking = setTimeout(() => void this.look(row), REST);
  }

  /** Has what is typed, or else saved, compiled and checked. */
  async look(row: Row): Promise<void> {
    const value = (): string => row.typed.value?.value ?? row.saved.value?.value ?? "";
    const asked = value();
    if (!asked) return void (row.preview.value = undefined);
    try {
      const { body } = await ask<Preview>("POST", `${path(row.place)}/preview`, { body: { value: asked } });
      if (value() !== asked) return;
      batch(() => {
        row.preview.value = { ...body, of: asked };
        row.findings.value = body.findings;
        row.broken.value = "";
      });
    } catch (error) {
      // Whether the server can be reached is shown already.
      if (error instanceof Problem && value() === asked) row.broken.value = error.message;
    }
  }

  /** Saves what is typed. `true` when it is saved. */
  async save(row: Row): Promise<boolean> {
    const now = row.typed.value;
    if (!now) return true;
    if (row.saving.value === "now") {
      // What was typed since is saved once this is.
      row.again = true;
      return false;
    }
    if (!isOvertaken(row) && now.value === (row.saved.value?.value ?? "")) {
      this.forget(row);
      return true;
    }
    const typed: Typed = { ...now, sent: [...(now.sent ?? []), now.value].slice(-SENT) };
    this.keep(row, typed);
    row.saving.value = "now";
    row.why.value = "";
    try {
      const standsOn: Record<string, string> = typed.version ? { "if-match": `"${typed.version}"` } : { "if-none-match": "*" };
      const headers = { ...standsOn, "idempotency-key": typed.save };
      // An empty text is none: the entry falls back.
      const { body } = typed.value
        ? await ask<Draft>("PUT", path(row.place), { body: { value: typed.value }, headers })
        : await this.empty(row, headers);
      this.took(row, typed, body);
      return true;
    } catch (error) {
      row.saving.value = "failed";
      if (!(error instanceof Problem && error.kind === "stale-version")) {
        row.why.value = error instanceof Problem ? error.message : "unreachable";
        return false;
      }
      this.lost(row, error);
      // It was one's own, whose answer was lost: what was typed since stands on it now.
      const moved = row.typed.value?.version !== typed.version;
      return moved && !isOvertaken(row) && this.save(row);
    } finally {
      const { skipped, again } = row;
      row.skipped = undefined;
      row.again = false;
      if (skipped) this.saw(row, skipped);
      if (again && row.typed.value && (row.saving.value as Saving) === "no" && !isOvertaken(row)) void this.save(row);
    }
  }

  private async empty(row: Row, headers: Record<string, string>): Promise<{ body: undefined }> {
    await ask("DELETE", path(row.place), { headers });
    return { body: undefined };
  }

  private took(row: Row, typed: Typed, draft: Draft | undefined): void {
    batch(() => {
      this.nowSaved(row, draft ? savedOf(draft) : row.saved.value && { ...row.saved.value, value: null });
      row.findings.value = draft?.findings ?? [];
      row.saving.value = "no";
      row.broken.value = "";
      // What was typed since stands on what is saved now.
      const now = row.typed.value;
      if (now && now.save !== typed.save) this.rebase(row, now, draft?.version ?? 0, typed.value);
      else this.drop(row);
    });
  }

  /** What is typed stands on something newer, which is one's own or was seen. */
  private rebase(row: Row, { sent: _, ...typed }: Typed, version: number, base: string): void {
    row.mine.value = undefined;
    this.keep(row, { ...typed, version, base });
  }

  private nowSaved(row: Row, saved: Saved | undefined, isCompared = false): void {
    if (!isCompared) {
      // What was live until now is what was saved, unless that was known to differ.
      if (row.live.value === undefined) row.live.value = row.saved.value?.value ?? null;
      if (row.live.value === (saved?.value ?? null)) row.live.value = undefined;
    }
    row.saved.value = saved;
    if (row.preview.value) this.lookSoon(row);
  }

  /** Somebody else was first: both texts stay. */
  private lost(row: Row, { body }: Problem): void {
    const current = body.current as Draft | null;
    if (current) this.saw(row, savedOf(current));
    else this.nowSaved(row, row.saved.value && { ...row.saved.value, value: null });
  }

  /** Something is saved. Never goes back. */
  private saw(row: Row, saved: Saved): void {
    if ((row.saved.value?.version ?? 0) >= saved.version) return;
    batch(() => {
      this.nowSaved(row, saved, saved.version <= this.compared);
      const typed = row.typed.value, value = saved.value ?? "";
      const isOwn = typed?.sent?.includes(value);
      // The same words: nothing to choose between.
      if (typed?.value === value) this.drop(row);
      else if (typed && isOwn) this.rebase(row, typed, versionOf(saved), value);
      if (isOwn) {
        row.saving.value = "no";
        row.why.value = "";
      }
    });
  }

  /** One's own text is to be saved upon what somebody else saved. */
  insist(row: Row): Promise<boolean> {
    const typed = row.typed.value;
    if (typed) this.rebase(row, { ...typed, save: saveName() }, versionOf(row.saved.value), row.saved.value?.value ?? "");
    return this.save(row);
  }

  /** Somebody else's text is taken; one's own is put aside. */
  giveWay(row: Row): void {
    if (row.typed.value?.value) putAside(row.place, row.typed.value.value);
    this.forget(row);
  }

  /** What is typed is given up. */
  forget(row: Row): void {
    this.drop(row);
    row.saving.value = "no";
    row.why.value = row.broken.value = "";
    this.lookSoon(row);
  }

  /** What is not live, and the event that it was all seen at. */
  private async changed(): Promise<{ items: Change[]; seq: number }> {
    const { project, locale, page } = this;
    let first: number | undefined;
    const items = await readAll<Change, Changes>(`/projects/${project}/changes?locale=${locale}&page=${page}`, ({ seq, live }) => {
      this.release = live ?? undefined;
      // What was saved between two pages of the list is seen again.
      first ??= seq;
    });
    this.compared = first ?? 0;
    return { items, seq: this.compared };
  }

  private async found(): Promise<Map<string, Finding[]>> {
    const { project, locale, page } = this;
    const items = await readAll<ToLookAt>(`/projects/${project}/checks?locale=${locale}&page=${page}`);
    return new Map(items.map((item) => [item.key, item.findings]));
  }

  private followLater(): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => this.follow().finally(() => this.followLater()), FOLLOW);
  }

  /** Looks at what others saved since. */
  private async follow(): Promise<void> {
    if (document.hidden) return;
    try {
      if (++this.looks % LOOKS === 0) await this.followLive();
      const { items } = await read<Log>(`/projects/${this.project}/log?after=${this.seq}&limit=500`);
      for (const event of items) {
        this.seq = event.seq;
        this.see(event);
      }
    } catch {
      // The next look may succeed; whether the server can be reached is shown already.
    }
  }

  /** Looks whether something else is live since. */
  private async followLive(): Promise<void> {
    const { live } = await read<Project>(`/projects/${this.project}`);
    if (live === this.release) return;
    const changes = new Map((await this.changed()).items.map((change) => [change.key, change]));
    batch(() => {
      for (const row of this.rows.value) row.live.value = changes.get(row.entry.key)?.live;
    });
  }

  private see({ seq, at, by, change }: Event): void {
    if (change.kind !== "draft-saved" && change.kind !== "draft-deleted") return;
    const { locale, page, key } = change;
    const row = page === this.page ? this.rows.value.find((row) => row.entry.key === key) : undefined;
    const value = change.kind === "draft-saved" ? change.value : null;
    if (!row) return;
    if (locale !== this.locale) {
      if (locale === this.sourceLocale) row.source.value = value ?? undefined;
      return;
    }
    const saved = { value, version: seq, by: by.name, at };
    // A save that is under way may be what this tells of: its answer says so.
    if (row.saving.value === "now") row.skipped = saved;
    else this.saw(row, saved);
  }
}
