// A page's copy by Tolgee: JSON from the script's `data-files`, in its simple format.
import { BackendFetch, FormatSimple, Tolgee } from "@tolgee/web";

const { documentElement: html, currentScript } = document;
const { files, page } = currentScript.dataset;

const tolgee = Tolgee()
  .use(FormatSimple())
  .use(BackendFetch({ prefix: files, getPath: ({ language, namespace }) => `${files}/${language}/${namespace}.json` }))
  .init({ language: html.lang, ns: [page], defaultNs: page });

const show = (element) => {
  const args = JSON.parse(element.dataset.copyArgs || "{}");
  element.textContent = tolgee.t(element.dataset.copy, args);
};

/** Once the copy is in the page. */
export const ready = tolgee.run().then(() => document.querySelectorAll("[data-copy]").forEach(show));
