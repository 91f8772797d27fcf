// A preview: the site as it would be if everything were published, for whoever has a link. It is read with the link's own
// secret, whoever is signed in.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { readPage } from "../../../site/src/file.js";
import type { components } from "../api/types.gen.js";
import type { Told } from "../edit/protocol.js";
import { useLoaded } from "../loaded.js";
import { localeName, t, when } from "../words.js";
import { say, site } from "./site.js";

type Known = components["schemas"]["Previews"];

/** What the page asks for. */
export interface Previewed {
  secret: string;
  pages: string[];
  locale: string;
}

/** How long the server may take, in milliseconds. */
const PATIENCE = 20_000;

const read = async (path: string, secret: string): Promise<any> => {
  const headers = { authorization: `Bearer ${secret}` };
  const answer = await fetch(path, { headers, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw Error(`${answer.status}`);
  return answer.json();
};

/** A page file as the page is told of it. */
const toldOf = (page: string, file: unknown): Told[] =>
  [...readPage(file)[0]].map(([key, [message, from]]) => ({
    page,
    key,
    kind: "html",
    state: "live",
    typing: 0,
    isOwn: false,
    isKept: true,
    message,
    ...(from && { from }),
  }));

export const Preview = ({ project, of: { secret, pages, locale: wished } }: { project: string; of: Previewed }) => {
  const root = `/v1/projects/${encodeURIComponent(project)}/previews`, chosen = useSignal("");
  const { value, failure, again } = useLoaded(async () => {
    const known: Known = await read(root, secret);
    const locale = [chosen.value, wished, known.source].find((one) => known.locales.includes(one))!;
    const there = pages.filter((page) => known.pages.includes(page));
    const files = await Promise.all(there.map(async (page) => toldOf(page, await read(`${root}/${locale}/${page}`, secret))));
    say({ say: "rows", locale, rows: files.flat() });
    return { known, locale };
  }, [secret, `${pages}`, wished, chosen.value]);
  useEffect(() => say({ say: "size", size: "strip" }), []);
  const shown = value.value;
  return (
    <main class="top preview">
      <h1>{t("preview-is")}</h1>
      {failure.value !== undefined && (
        <p class="error" role="alert">
          {t("preview-failed", { site: site.value ?? "" })}{" "}
          <button type="button" onClick={again}>
            {t("try-again")}
          </button>
        </p>
      )}
      {!shown && !failure.value && <p class="quiet">{t("loading")}</p>}
      {shown && (
        <label>
          <span class="unseen">{t("locale")}</span>
          <select value={shown.locale} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            {shown.known.locales.map((one) => (
              <option value={one}>{localeName(one)}</option>
            ))}
          </select>
        </label>
      )}
      {shown?.known.expires && <p class="quiet">{t("preview-until", { when: when(shown.known.expires) })}</p>}
    </main>
  );
};
