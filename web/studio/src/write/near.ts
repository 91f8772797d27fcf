// What of a long list is in the page: what is seen, and a little around it. The rest keeps its place by its height.

/** So far from what is seen it is there already, in pixels. */
const AHEAD = 1_500;

type Tell = (isNear: boolean) => void;

/** Tells parts of a list whether they are near; of those that come near, one a frame, so that scrolling stays smooth. */
export class Near {
  private readonly told = new Map<Element, Tell>();
  /** Those that came near and were not told yet, the newest last. */
  private readonly coming: Element[] = [];
  private frame = 0;
  private readonly observer = new IntersectionObserver((seen) => this.look(seen), { rootMargin: `${AHEAD}px` });

  watch(part: Element, tell: Tell): () => void {
    this.told.set(part, tell);
    this.observer.observe(part);
    return () => {
      this.observer.unobserve(part);
      this.told.delete(part);
    };
  }

  private look(seen: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) {
      const at = this.coming.indexOf(target);
      if (at >= 0) this.coming.splice(at, 1);
      if (isIntersecting) this.coming.push(target);
      else this.told.get(target)?.(false);
    }
    this.frame ||= requestAnimationFrame(() => this.next());
  }

  private next(): void {
    const part = this.coming.pop();
    if (part) this.told.get(part)?.(true);
    this.frame = this.coming.length ? requestAnimationFrame(() => this.next()) : 0;
  }
}
