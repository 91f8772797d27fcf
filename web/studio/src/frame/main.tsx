// The studio's frame in a site that is edited: it alone knows who somebody is. The site around it gets drafts of one
// project, and can save them.

import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { isSignedIn, keepUnder } from "../api/session.js";
import { deliver, language, t } from "../words.js";
import { Desk, type Edit } from "./desk.js";
import { Panel } from "./panel.jsx";
import { Preview, type Previewed } from "./preview.jsx";
import { SignIn } from "./sign-in.jsx";
import { listen, say, site } from "./site.js";

const project = decodeURIComponent(location.pathname.split("/").at(-1)!);

/** The word that only the page and this frame know, taken out of the address at once. */
const nonce = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

/** What the tools in the page say. */
const WORDS = ["tools", "bold", "italic", "link", "undo", "save", "discard", "address", "apply"];
const STATES = ["missing", "live", "saved", "typed", "saving", "overtaken"].map((state) => `state-${state}`);

const words = (): Record<string, string> => Object.fromEntries([...WORDS, ...STATES].map((key) => [key, t(key)]));

const desk = new Desk(project);

/** What the site asked for while nobody was signed in. */
let opening: Edit | undefined;

/** What is previewed, where somebody has a link for that. */
const previewed = signal<Previewed | undefined>(undefined);

listen(nonce, words, (what) => {
  if (what.ask === "preview") {
    const { secret, pages, locale } = what;
    previewed.value = { secret: String(secret), pages: pages.map(String), locale: String(locale) };
    return;
  }
  if (what.ask === "open") opening = what;
  // What is typed is kept here whoever is signed in.
  if (isSignedIn.value || what.ask === "type") desk.asked(what);
});

effect(() => {
  if (!site.value) return;
  // Being signed in on one site, or in the studio, is not being signed in on another.
  keepUnder(`copydesk-session ${site.value} ${project}`);
});
effect(() => {
  if (!site.value || !isSignedIn.value || !opening) return;
  if (desk.sheets.peek().length) void desk.again();
  else desk.asked(opening);
});
effect(() => {
  if (!isSignedIn.value && !previewed.value) say({ say: "size", size: "panel" });
});

const App = () => {
  document.documentElement.lang = language.value;
  if (!site.value) return null;
  if (previewed.value) return <Preview project={project} of={previewed.value} />;
  return isSignedIn.value ? <Panel desk={desk} /> : <SignIn project={project} />;
};

void deliver();
render(<App />, document.body);
