// All of this is right: it has to compile.
import { type Copy, type Key, load, open, type PageName, type Piece } from "@copydesk/site";

const site = await open("https://cdn.example.com/acme", { release: 7, timeout: 2000 });
const copy = await site.copy(site.match("de-AT", null, undefined), "home", "404");

export const words: string[] = [
  copy.t("title"),
  copy.t("title", {}),
  copy.t("hero-title"),
  copy.t("search.placeholder"),
  copy.t("hello", { name: "Ada", count: 1 }),
  copy.t("hello", { name: new Date(), count: 1 }),
  copy.t("kind", { kind: "b" }),
  copy.t("until", { "end-date": Date.now() }),
  copy.t("constructor", { hasOwnProperty: 1 }),
  copy.html("title"),
  copy.lang("title"),
  copy.dir(),
  copy.dir("title"),
];
export const tree: Piece[] = copy.pieces("hello", { name: "Ada", count: 1 });
export const anyKey: boolean = copy.has("what was never there");

// A key of two pages takes what both of them want.
const both = await site.copy("de", "home", "about");
both.t("hello", { name: "Ada", count: 1 });
both.t("toString");

// A part that needs one page takes the copy of more.
const heading = (part: Copy<"home">): string => part.t("title");
heading(copy);
heading(both);

// Which of these it is shows later.
const either: "title" | "hello" = Math.random() < 0.5 ? "title" : "hello";
copy.t(either, { name: "Ada", count: 1 });

const empty = await site.copy("de", "empty");
empty.has("title");

export const page: PageName = "404";
export const key: Key = "toString";
export const homeKey: Key<"home"> = "title";

// One's own way to fetch.
await open("https://cdn.example.com/acme", { fetch: async () => ({ ok: true, status: 200, text: async () => "" }) });

const script = await load("https://cdn.example.com/acme");
script.t("toString")?.length;
script.t("hello", { name: "Ada", count: 1 });
await script.setLocale("de");
script.on("change", () => undefined);
globalThis.copydesk?.t("title");
await copydesk?.ready;
