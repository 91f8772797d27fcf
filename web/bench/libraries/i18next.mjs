// A page's copy by i18next: JSON from the script's `data-files`, text and arguments as the site script takes them.
import i18next from "i18next";
import Backend from "i18next-http-backend";

const { documentElement: html, currentScript } = document;
const page = currentScript.dataset.page;

const show = (element) => {
  const args = JSON.parse(element.dataset.copyArgs || "{}");
  element.innerHTML = i18next.t(element.dataset.copy, args);
};

/** Once the copy is in the page. */
export const ready = i18next
  .use(Backend)
  .init({
    lng: html.lang,
    fallbackLng: false,
    ns: page,
    defaultNS: page,
    backend: { loadPath: `${currentScript.dataset.files}/{{lng}}/{{ns}}.json` },
  })
  .then(() => document.querySelectorAll("[data-copy]").forEach(show));
