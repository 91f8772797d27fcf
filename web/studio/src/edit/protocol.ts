// What a page and the studio's frame in it say to each other. The page may read and save drafts of the project that the
// frame was opened for; there is no word for anything else.

import type { Kind, Part } from "../pattern/parts.js";
import type { State } from "../write/state.js";

/** Which entry. */
export interface Place {
  page: string;
  key: string;
}

/** An entry, as the page is told of it. */
export interface Told extends Place {
  kind: Kind;
  state: State;
  /** What is written, or else its source text; nothing where it takes a form to edit it. */
  parts?: Part[];
  /** What is written, compiled, where that is not what is live. */
  message?: unknown;
  /** The newest typing of the page that this knows of. */
  typing: number;
  /** Whether it is what was typed then: the page has it already. */
  isOwn: boolean;
  /** Whether nothing of it would be lost with the window. */
  isKept: boolean;
  /** The locale that it fell back to, if it did. */
  from?: string;
}

/** A tagged element that no entry knows. */
export interface Unknown extends Place {
  kind: Kind;
  text: string;
}

/** The page to the frame. */
export type Ask =
  | { ask: "preview"; secret: string; pages: string[]; locale: string }
  | { ask: "open"; pages: string[]; locale: string; kept?: Record<string, string> }
  | { ask: "seen"; places: Place[]; unknown: Unknown[] }
  | { ask: "choose"; locale: string; place: Place; focus: boolean }
  | { ask: "type"; locale: string; place: Place; parts: Part[]; typing: number }
  | { ask: "save"; locale: string; place: Place }
  | { ask: "forget"; locale: string; place: Place };

/** The frame to the page. */
export type Say =
  | { say: "hello"; words: Record<string, string> }
  | { say: "rows"; locale: string; rows: Told[] }
  | { say: "row"; locale: string; row: Told }
  | { say: "show"; place: Place }
  | { say: "size"; size: "bar" | "strip" | "panel" }
  | { say: "keep"; name: string; text: string | null }
  | { say: "close" };
