// What the site says by itself where copy says nothing: its page as it was delivered, before any script. It is only read:
// nothing in it runs or loads.

/** The element as it came; nothing where that cannot be known. */
export type Twin = (element: HTMLElement) => HTMLElement | undefined;

/** How long the site may take, in milliseconds. */
const PATIENCE = 10_000;

const pageOf = (element: Element): string | null | undefined => element.closest("[data-copy-page]")?.getAttribute("data-copy-page");

/** The elements that are tagged with a key, and take it from a page. */
const alike = (root: ParentNode, key: string | undefined, page: unknown): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>("[data-copy]")].filter((one) => one.dataset.copy === key && pageOf(one) === page);

/** Finds twins in this page as it was delivered: of the elements that are tagged alike, the one at the same place. */
export const twins = async (): Promise<Twin> => {
  const address = (): string => location.pathname + location.search, read = address();
  let page: Document | undefined;
  try {
    const answer = await fetch(location.href, { cache: "force-cache", signal: AbortSignal.timeout(PATIENCE) });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // Offline, or a page that lets nobody read markup.
  }
  return (element) => {
    // A site that makes its pages in the browser went on to another.
    if (!page || address() !== read) return undefined;
    const { copy } = element.dataset, own = pageOf(element);
    return alike(page, copy, own)[alike(document, copy, own).indexOf(element)];
  };
};
