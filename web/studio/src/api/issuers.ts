// Signing in at an outside issuer: the browser goes there and comes back with a code, which is good only with a word that
// this browser alone knows (OAuth 2.0 with PKCE).

import type { components } from "./types.gen.js";

export type Issuer = components["schemas"]["Issuer"];

const KEPT = "copydesk-signing-in";

/** What is known of a sign-in that has begun. */
interface Begun {
  issuer: string;
  verifier: string;
  state: string;
  /** Where in the studio it began. */
  hash: string;
}

/** The address that browsers come back to. */
const redirect = (): string => `${location.origin}/`;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Goes to an issuer. */
export const goTo = async ({ name, authorize }: Issuer): Promise<void> => {
  const begun: Begun = { issuer: name, verifier: random(), state: random(), hash: location.hash };
  sessionStorage.setItem(KEPT, JSON.stringify(begun));
  const challenge = base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(begun.verifier))));
  const address = new URL(authorize!);
  for (const [key, value] of Object.entries({ redirect_uri: redirect(), state: begun.state, code_challenge: challenge, code_challenge_method: "S256" }))
    address.searchParams.set(key, value);
  location.assign(address);
};

/** What a browser came back with. */
export interface Back {
  issuer: string;
  given: { code: string; verifier: string; redirect: string };
  /** Why it came back without a code. */
  refused?: string;
}

/** What the browser came back with, taken out of the address at once; nothing where it did not come from an issuer. */
export const cameBack = (): Back | undefined => {
  const asked = new URLSearchParams(location.search), state = asked.get("state");
  let begun: Begun | undefined;
  try {
    begun = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") ?? undefined;
    sessionStorage.removeItem(KEPT);
  } catch {
    // Storage is blocked: nothing was begun here.
  }
  if (!state) return undefined;
  history.replaceState(null, "", `/${begun?.hash ?? ""}`);
  // Somebody else's sign-in, or one that was begun in another window.
  if (!begun || begun.state !== state) return undefined;
  const refused = asked.get("error_description") ?? asked.get("error") ?? undefined;
  const given = { code: asked.get("code") ?? "", verifier: begun.verifier, redirect: redirect() };
  return { issuer: begun.issuer, given, ...(refused && { refused }) };
};
