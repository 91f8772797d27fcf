// What was typed and is not saved: kept in the browser with every letter, so that no crash, closed tab or lost network
// takes it.

import { signal } from "@preact/signals";
import { store, stored, storedNames } from "./storage.js";

/** Which text. */
export interface Place {
  project: string;
  locale: string;
  page: string;
  key: string;
}

/** A text that was typed. */
export interface Typed {
  value: string;
  /** The version of the draft that it stands on; 0 where there was none. */
  version: number;
  /** What the draft was then. */
  base: string;
  /** Names the save of this very text: asked twice it is done once. */
  save: string;
  /** Texts whose save was asked for since: an answer may have been lost. */
  sent?: string[];
  /** When it was typed, in milliseconds since 1970. */
  at: number;
}

const PREFIX = "typed ";

const nameOf = ({ project, locale, page, key }: Place): string => PREFIX + [project, locale, page, key].join(" ");

/** Counts the changes, so that what depends on them is shown anew. */
export const changes = signal(0);

addEventListener("storage", ({ key }) => {
  if (key === null || key.startsWith(PREFIX)) changes.value += 1;
});

const parse = (text: string | null): Typed | undefined => {
  try {
    const typed = JSON.parse(text ?? "null");
    return typeof typed?.value === "string" ? typed : undefined;
  } catch {
    return undefined;
  }
};

/** What was typed in a place. */
export const typedAt = (place: Place): Typed | undefined => parse(stored(nameOf(place)));

/** Keeps it. Throws where the browser keeps nothing. */
export const keepTyped = (place: Place, typed: Typed): void => {
  store(nameOf(place), JSON.stringify(typed));
  changes.value += 1;
};

/** It is saved, or given up; unless something was typed since, in another sheet perhaps. */
export const dropTyped = (place: Place, save: string): void => {
  if (typedAt(place)?.save !== save) return;
  store(nameOf(place), null);
  changes.value += 1;
};

/** Every place of a project in which something was typed. */
export const typedPlaces = (project: string): Place[] => {
  const places: Place[] = [];
  for (const name of storedNames()) {
    const [kind, of, locale, page, key] = name.split(" ");
    if (`${kind} ` === PREFIX && of === project && locale && page && key) places.push({ project, locale, page, key });
  }
  return places;
};

/** A name for a save. */
export const saveName = (): string => crypto.randomUUID();
