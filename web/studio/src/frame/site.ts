// The site that shows this frame: the one message that opens the line to it, and what it may ask on that line.

import { effect, signal } from "@preact/signals";
import type { Ask, Say } from "../edit/protocol.js";

/** The site's origin, once it is known. */
export const site = signal<string | undefined>(undefined);

let port: MessagePort | undefined;

/** Tells the site something. */
export const say = (what: Say): void => port?.postMessage(what);

/** Waits for the site's one message: from the page around this frame, with the word that came in the address. */
export const listen = (nonce: string, words: () => Record<string, string>, asked: (what: Ask) => void): void => {
  const first = ({ source, origin, data, ports }: MessageEvent): void => {
    // Who may show this frame was decided by its policy; this is who shows it.
    if (source !== parent || !nonce || data?.copydesk !== nonce || !ports[0] || !/^https?:/.test(origin)) return;
    removeEventListener("message", first);
    port = ports[0];
    port.onmessage = ({ data }: MessageEvent<Ask>) => asked(data);
    site.value = origin;
    effect(() => say({ say: "hello", words: words() }));
  };
  addEventListener("message", first);
};
