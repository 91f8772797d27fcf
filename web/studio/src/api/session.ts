// Who is signed in. The refresh token changes at every use and may be used once, so tabs take turns.

import { signal } from "@preact/signals";
import { isGood, keptAs, type Session, SESSION } from "./kept.js";
import { Problem, Unreachable } from "./problem.js";
import type { components } from "./types.gen.js";

type Tokens = components["schemas"]["Tokens"];

/** What the session is kept as. */
let name = SESSION;

/** A session where the browser keeps nothing: it ends with the window. */
let unkept: Session | undefined;

/** How long the server may take, in milliseconds. */
const PATIENCE = 20_000;

const kept = (): Session | undefined => keptAs(name) ?? unkept;

/** Whether somebody is signed in, in any tab. */
export const isSignedIn = signal(kept() !== undefined);

addEventListener("storage", ({ key }) => {
  if (key === name || key === null) isSignedIn.value = kept() !== undefined;
});

const keep = (session: Session | undefined): void => {
  unkept = session;
  try {
    if (session) localStorage.setItem(name, JSON.stringify(session));
    else localStorage.removeItem(name);
    unkept = undefined;
  } catch {
    // Blocked, or full.
  }
  isSignedIn.value = session !== undefined;
};

/** Keeps sessions under another name: one of its own for each site that is edited in place. */
export const keepUnder = (other: string): void => {
  name = other;
  isSignedIn.value = kept() !== undefined;
};

const post = async <Body>(path: string, body: object): Promise<Body> => {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (cause) {
    throw new Unreachable(path, { cause });
  }
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  return answer.status === 204 ? (undefined as Body) : await answer.json();
};

const begin = ({ access_token, expires_in, refresh_token }: Tokens, issuer?: string): string => {
  keep({ access: access_token, until: Date.now() + expires_in * 1000, refresh: refresh_token, ...(issuer && { issuer }) });
  return access_token;
};

const issuers = (issuer: string): string => `/v1/sessions/issuers/${encodeURIComponent(issuer)}`;

/** Signs in with what an issuer sent the browser back with. */
export const signInAt = async (issuer: string, given: { code: string; verifier: string; redirect: string }): Promise<void> => {
  begin(await post<Tokens>(issuers(issuer), given), issuer);
};

/** Signs in with the code of a link, or one for another window. It can be used once. */
export const signIn = async (code: string): Promise<void> => {
  begin(await post<Tokens>("/v1/sessions", { code }));
};

/** Ends the session here and, where it can be reached, on the server. */
export const signOut = async (): Promise<void> => {
  const session = kept();
  keep(undefined);
  if (!session?.refresh) return;
  const path = session.issuer ? `${issuers(session.issuer)}/end` : "/v1/sessions/end";
  await post(path, { refresh_token: session.refresh }).catch(() => {});
};

/** An access token, continued when it is about to end. Nothing when nobody is signed in any more. */
export const accessToken = async (): Promise<string | undefined> => {
  const now = kept();
  if (!now || isGood(now)) return now?.access;
  return navigator.locks.request(name, async () => {
    const session = kept();
    // Another tab was first.
    if (!session || isGood(session)) return session?.access;
    if (!session.refresh) {
      keep(undefined);
      return undefined;
    }
    try {
      const { refresh, issuer } = session;
      const path = issuer ? `${issuers(issuer)}/refresh` : "/v1/sessions/refresh";
      const tokens = await post<Tokens>(path, { refresh_token: refresh });
      // Somebody may have signed out meanwhile, and somebody else in.
      return kept()?.refresh === refresh ? begin(tokens, issuer) : kept()?.access;
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      keep(undefined);
      return undefined;
    }
  });
};

/** The server does not know the access token: it is not used again. */
export const forgetAccess = (): void => {
  const session = kept();
  if (session) keep({ ...session, until: 0 });
};
