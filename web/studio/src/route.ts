// Where in the studio somebody is: the part of the address behind `#`, so that any server can serve it.

import { signal } from "@preact/signals";
import { parts } from "./address.js";

/** The parts of the address: `#/demo/write/de/home` is `["demo", "write", "de", "home"]`. */
export const route = signal<string[]>([]);

/** Where these parts are. */
export const to = (...parts: string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

/** Goes there. */
export const go = (...parts: string[]): void => {
  location.hash = to(...parts);
};

/** Follows the address from now on. */
export const follow = (): void => {
  const look = (): void => {
    route.value = parts();
  };
  look();
  addEventListener("hashchange", look);
};

/** Where a window is that signs somebody in on a site: no project can be called so. */
export const CONNECT = "@connect";
