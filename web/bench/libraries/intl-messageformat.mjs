// A page's copy by FormatJS: JSON of ICU messages from the script's `data-files`.
import { IntlMessageFormat } from "intl-messageformat";

const { documentElement: html, currentScript } = document;
const { files, page } = currentScript.dataset;

const fill = (messages) => {
  for (const element of document.querySelectorAll("[data-copy]")) {
    const message = new IntlMessageFormat(messages[element.dataset.copy], html.lang);
    element.textContent = message.format(JSON.parse(element.dataset.copyArgs || "{}"));
  }
};

/** Once the copy is in the page. */
export const ready = fetch(`${files}/${html.lang}/${page}.json`)
  .then((answer) => answer.json())
  .then(fill);
