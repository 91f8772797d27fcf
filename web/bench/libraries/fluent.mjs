// A page's copy by Fluent: FTL from the script's `data-files`, shown in elements with `data-l10n-id`.
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { DOMLocalization } from "@fluent/dom";

const { documentElement: html, currentScript } = document;
const { files, page } = currentScript.dataset;

async function* bundles() {
  const bundle = new FluentBundle(html.lang);
  const answer = await fetch(`${files}/${html.lang}/${page}.ftl`);
  bundle.addResource(new FluentResource(await answer.text()));
  yield bundle;
}

const localization = new DOMLocalization([page], bundles);
localization.connectRoot(html);

/** Once the copy is in the page. */
export const ready = localization.translateRoots();
