// The line between the page and the studio's frame in it: a channel that one message opens, to the studio's own origin,
// with a word that only this page and this frame know.

import type { Ask, Say } from "./protocol.js";

export interface Link {
  frame: HTMLIFrameElement;
  ask(what: Ask): void;
}

/** How long the frame may take to answer, in milliseconds. */
const PATIENCE = 15_000;

/** Puts the frame into the page. Fails where the studio does not let this site show it. */
export const link = (studio: string, project: string, into: ParentNode, size: string, heard: (said: Say) => void): Promise<Link> =>
  new Promise((linked, failed) => {
    const nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("");
    const frame = document.createElement("iframe"), { port1, port2 } = new MessageChannel();
    frame.title = "Copydesk";
    frame.className = size;
    frame.allow = "clipboard-write";
    frame.src = `${studio}/edit/${project}#${nonce}`;
    // The page's own focus goes to the frame only where somebody puts it.
    frame.onload = () => frame.contentWindow!.postMessage({ copydesk: nonce }, studio, [port2]);
    const late = setTimeout(() => failed(Error("no answer")), PATIENCE);
    port1.onmessage = ({ data }: MessageEvent<Say>) => {
      if (data.say === "hello") {
        clearTimeout(late);
        linked({ frame, ask: (what) => port1.postMessage(what) });
      }
      heard(data);
    };
    into.append(frame);
  });
