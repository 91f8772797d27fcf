// What is right where the types of browsers are: it has to compile.
import { load, open } from "@copydesk/site";

const site = await open("https://cdn.example.com/acme", { fetch });
await open("https://cdn.example.com/acme", { fetch: (url, options) => fetch(url, { ...options, cache: "no-store" }) });

const heading = document.querySelector("h1");
if (heading) heading.innerHTML = (await site.copy("de", "home")).html("title");
document.title = window.copydesk?.t("title") ?? document.title;
await load("/copy");
