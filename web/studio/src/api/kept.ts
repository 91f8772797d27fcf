// The session as the browser keeps it: in the studio's own origin, which runs no code but ours.

import { store, stored } from "../storage.js";

export interface Session {
  access: string;
  /** When the access token ends, in milliseconds since 1970. */
  until: number;
  /** Nothing where it cannot go on. */
  refresh: string;
  /** The issuer that goes on with it, where it is not our own. */
  issuer?: string;
}

/** What it is kept as. */
export const SESSION = "copydesk-session";

/** An access token that is good for less than this is not used, in milliseconds. */
const LEEWAY = 20_000;

/** Whether requests can be signed with it. */
export const isGood = ({ until }: Session): boolean => until - LEEWAY > Date.now();

/** What is kept under a name; nothing where it cannot be read. */
export const keptAs = (name: string): Session | undefined => {
  try {
    return JSON.parse(stored(name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
};

const sourceName = (project: string): string => `copydesk-source ${project}`;

/** Keeps a project's source locale, so that its texts can be asked for before the project is read. */
export const keepSource = (project: string, source: string): void => {
  try {
    store(sourceName(project), source);
  } catch {
    // Then they are asked for a little later.
  }
};

/** The source locale that a project had last. */
export const sourceKept = (project: string): string | null => stored(sourceName(project));

/** What was asked for before the studio was there. */
export interface Early {
  answer: Promise<Response>;
  /** When it was asked for, in milliseconds since 1970. */
  at: number;
  /** What it was asked for with. */
  access: string | undefined;
}
