// Texts that gave way to somebody else's: kept in the browser until they are thrown away by hand.

import { store, stored } from "./storage.js";
import type { Place } from "./typed.js";

/** A text of one's own that was not saved. */
export interface Aside {
  value: string;
  /** When it was put aside, in milliseconds since 1970. */
  at: number;
}

const nameOf = ({ project, locale, page, key }: Place): string => ["aside", project, locale, page, key].join(" ");

/** The texts that were put aside in a place, the newest first. */
export const asideAt = (place: Place): Aside[] => {
  try {
    const list = JSON.parse(stored(nameOf(place)) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
};

const keep = (place: Place, list: Aside[]): void => {
  try {
    store(nameOf(place), list.length ? JSON.stringify(list) : null);
  } catch {
    // Where the browser keeps nothing the sheet says so.
  }
};

/** Puts a text aside. */
export const putAside = (place: Place, value: string): void => keep(place, [{ value, at: Date.now() }, ...asideAt(place)]);

/** Throws a text away that was put aside. */
export const throwAway = (place: Place, { at }: Aside): void => keep(place, asideAt(place).filter((one) => one.at !== at));
