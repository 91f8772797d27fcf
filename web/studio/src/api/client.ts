// Asking the API. What may be repeated is repeated; what went wrong is a `Problem` or `Unreachable`.

import { signal } from "@preact/signals";
import type { Early } from "./kept.js";
import { Problem, Unreachable } from "./problem.js";
import { accessToken, forgetAccess } from "./session.js";

/** Whether the server answered the last request. */
export const isReachable = signal(true);

/** How long a request may take, in milliseconds. */
const PATIENCE = 40_000;

/** Pauses before a reading request is repeated, in milliseconds. */
const PAUSES = [300, 1_000];

export interface Options {
  body?: object;
  headers?: Record<string, string>;
}

export interface Answer<Body> {
  body: Body;
  status: number;
}

/** What was asked for before the studio was there (`early.ts`). */
const early: Map<string, Early> = (self as any).early ?? new Map();

/** For so long it is as good as what would be asked for now, in milliseconds. */
const FRESH = 10_000;

/** Each is taken once, by who it was asked for. */
const taken = (method: string, path: string, access: string | undefined): Promise<Response> | undefined => {
  const found = method === "GET" ? early.get(path) : undefined;
  early.delete(path);
  return found && found.access === access && Date.now() - found.at < FRESH ? found.answer : undefined;
};

const send = async (method: string, path: string, { body, headers }: Options): Promise<Response> => {
  const given: Record<string, string> = { ...headers };
  if (body) given["content-type"] = "application/json";
  try {
    const token = await accessToken();
    if (token) given.authorization = `Bearer ${token}`;
    const answer = await (taken(method, path, token) ?? fetch(`/v1${path}`, {
      method,
      headers: given,
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(PATIENCE),
    }));
    isReachable.value = true;
    return answer;
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    isReachable.value = false;
    throw new Unreachable(path, { cause });
  }
};

const pause = (milliseconds: number): Promise<void> => new Promise((go) => setTimeout(go, milliseconds));

/** Sends until there is an answer that repeating would not change. */
const insist = async (method: string, path: string, options: Options): Promise<Response> => {
  let renewed = false;
  for (let tried = 0; ; tried++) {
    const last = tried >= PAUSES.length;
    let answer: Response;
    try {
      answer = await send(method, path, options);
    } catch (error) {
      if (last || method !== "GET") throw error;
      await pause(PAUSES[tried]!);
      continue;
    }
    if (answer.status === 429 && !last) await pause(Number(answer.headers.get("retry-after") ?? 1) * 1000);
    else if (answer.status === 401 && !renewed) {
      renewed = true;
      forgetAccess();
    } else if (answer.status >= 500 && method === "GET" && !last) await pause(PAUSES[tried]!);
    else return answer;
  }
};

/** Asks, and understands the answer. */
export const ask = async <Body>(method: string, path: string, options: Options = {}): Promise<Answer<Body>> => {
  const answer = await insist(method, path, options);
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get("content-type") ?? "");
  const body = text && isJson ? JSON.parse(text) : undefined;
  if (!answer.ok) throw new Problem(answer.status, body ?? {});
  return { body, status: answer.status };
};

/** Reads one thing. */
export const read = async <Body>(path: string): Promise<Body> => (await ask<Body>("GET", path)).body;

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  /** Where the next one begins; nothing on the last. */
  next?: string | null;
}

/** Reads all pages of a list; `each` is told what else a page says. */
export const readAll = async <Item, Of extends Page<Item> = Page<Item>>(path: string, each?: (page: Of) => void): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | null | undefined = "";
  while (cursor != null) {
    const more: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page: Of = await read<Of>(`${path}${path.includes("?") ? "&" : "?"}limit=1000${more}`);
    items.push(...page.items);
    each?.(page);
    cursor = page.next;
  }
  return items;
};
