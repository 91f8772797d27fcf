// Each of these is wrong: the compiler has to say so, in the line after.
import { type Copy, load, open, type PageName } from "@copydesk/site";

const site = await open("https://cdn.example.com/acme");
const copy = await site.copy("de", "home");
const script = await load("https://cdn.example.com/acme");

// @ts-expect-error A page that is not there.
await site.copy("de", "hom");
// @ts-expect-error A key that is not there.
copy.t("helo");
// @ts-expect-error A key of a page that was not asked for.
copy.t("toString");
// @ts-expect-error The same, as HTML.
copy.html("toString");
// @ts-expect-error The same, as a tree.
copy.pieces("toString");
// @ts-expect-error The locale of what is not there.
copy.lang("helo");
// @ts-expect-error The direction of what is not there.
copy.dir("helo");
// @ts-expect-error No arguments.
copy.t("hello");
// @ts-expect-error A missing variable.
copy.t("hello", { name: "Ada" });
// @ts-expect-error A variable that the entry does not have.
copy.t("hello", { name: "Ada", count: 1, nmae: "Ada" });
// @ts-expect-error A variable where there is none.
copy.t("title", { name: "Ada" });
// @ts-expect-error A text for a number.
copy.t("hello", { name: "Ada", count: "1" });
// @ts-expect-error Nothing for a text.
copy.t("hello", { name: undefined, count: 1 });
// @ts-expect-error A date for a choice.
copy.t("kind", { kind: new Date() });
// @ts-expect-error A text for a date.
copy.t("until", { "end-date": "2026-01-01" });
// @ts-expect-error Arguments that are none.
copy.t("title", "Ada");
// @ts-expect-error The variables of one page for a key of two.
(await site.copy("de", "home", "about")).t("hello", { count: 1 });
// @ts-expect-error The copy of another page.
export const part: Copy<"about"> = copy;
// @ts-expect-error A key of a page without entries.
(await site.copy("de", "empty")).t("title");
// @ts-expect-error A name that is no page's.
export const page: PageName = "hom";
// @ts-expect-error A key of no page, in a page.
script.t("helo");
// @ts-expect-error A missing variable, in a page.
script.t("hello", { count: 1 });
// @ts-expect-error The script may not have come yet.
copydesk.t("title");
// @ts-expect-error A key of no page, of the script that may not have come.
copydesk?.t("helo");
// @ts-expect-error An event that there is none of.
script.on("changed", () => undefined);
