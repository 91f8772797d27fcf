// What the site says by itself where copy says nothing: its page as it was delivered, before any script. It is only read:
// nothing in it runs or loads.

/** The element as it came, of those with the same key the one at the same place. */
export type Twin = (element: HTMLElement) => HTMLElement | undefined;

const tagged = (root: ParentNode, key: string): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>("[data-copy]")].filter((element) => element.dataset.copy === key);

/** Finds twins in this page as it was delivered; where that cannot be had, there are none. */
export const twins = async (): Promise<Twin> => {
  let page: Document | undefined;
  try {
    const answer = await fetch(location.href, { cache: "force-cache" });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // Offline, or a page that lets nobody read markup.
  }
  return (element) => {
    const key = element.dataset.copy!;
    return page && tagged(page, key)[tagged(document, key).indexOf(element)];
  };
};
