// Asks for what the first screen shows while the studio itself is still on its way: a small script that stands in the page
// itself, and is named there by its hash. The studio takes the answers as if it had asked (`api/client.ts`), and asks itself
// for whatever is not here. It also notices a studio that did not come whole.

import { type Early, isGood, keptAs, SESSION, sourceKept } from "./api/kept.js";
import type { components } from "./api/types.gen.js";
import { parts } from "./address.js";
import { LANGUAGE, stored } from "./storage.js";

const answers: Map<string, Early> = ((self as any).early = new Map());

/** How long an answer may take, in milliseconds: as any of the studio's. */
const PATIENCE = 40_000;

const session = keptAs(SESSION);

const headers: Record<string, string> = session ? { authorization: `Bearer ${session.access}` } : {};

const get = (path: string): Promise<Response> => {
  const answer = fetch(`/v1${path}`, { headers, signal: AbortSignal.timeout(PATIENCE) });
  answers.set(path, { answer, at: Date.now(), access: session?.access });
  // Whoever takes it hears of it.
  answer.catch(() => {});
  return answer;
};

/** What is in a project comes as a file of its own. */
const bring = (): void => {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = document.querySelector<HTMLMetaElement>('meta[name="project"]')!.content;
  document.head.append(link);
};

/** A page of texts, beside those of the source locale: which one that is was kept when somebody wrote here last. */
const sheet = async (root: string, slug: string, project: Promise<Response>, [locale, page]: string[]): Promise<void> => {
  if (!locale || !page) return;
  const drafts = (locale: string): unknown => get(`${root}/drafts/${locale}/${page}?limit=1000`), known = sourceKept(slug);
  if (known && known !== locale) drafts(known);
  drafts(locale);
  get(`${root}/changes?locale=${locale}&page=${page}&limit=1000`);
  get(`${root}/pages/${page}/entries?limit=1000`);
  get(`${root}/checks?locale=${locale}&page=${page}&limit=1000`);
  if (known) return;
  const { source }: components["schemas"]["Project"] = await (await project).clone().json();
  if (source && source !== locale) drafts(source);
};

const begin = async (): Promise<void> => {
  const [slug, screen = "write", ...at] = parts();
  if (!session) return void get("/sign-in");
  if (!isGood(session)) return;
  if (!slug) return void ["/me", "/projects?limit=1000"].forEach(get);
  bring();
  const root = `/projects/${encodeURIComponent(slug)}`, project = get(root);
  if (screen !== "write") return;
  const texts = sheet(root, slug, project, at.map(encodeURIComponent));
  // After the texts: without HTTP/2 browsers ask for six things at a time.
  for (const list of ["locales", "pages"]) get(`${root}/${list}?limit=1000`);
  await texts;
};

/** What browsers read when they first name a language or write a time takes them long: they do it while they wait. */
const warm = (): void => {
  const language = stored(LANGUAGE) ?? navigator.language;
  new Intl.DisplayNames([language], { type: "language" }).of(language);
  new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format();
};

/** A part of the studio is missing, and with it all its words. */
const tell = (): void => {
  if (document.querySelector("header, [role=alert]")) return;
  const [words, button] = [document.createElement("p"), document.createElement("button")];
  words.textContent = "Copydesk did not arrive whole. ";
  words.role = "alert";
  button.textContent = "Load it again";
  button.onclick = () => location.reload();
  words.append(button);
  document.body.append(words);
};

addEventListener("load", tell);
setTimeout(tell, PATIENCE);
begin().catch(() => {});
if (session) setTimeout(warm);
