// Without the file of `copydesk types` any page, key and argument is right: it has to compile.
import { type Copy, load, open } from "@copydesk/site";

const site = await open("https://cdn.example.com/acme");
const copy = await site.copy("de", "home", "about", ...["late"]);
export const words: string = copy.t("whatever", { name: "Ada", count: 1, when: new Date() }) + copy.html("title");
export const part: Copy = copy;
(await load("https://cdn.example.com/acme")).t("whatever", { name: "Ada" })?.length;

// @ts-expect-error What no entry takes.
copy.t("whatever", { name: true });
