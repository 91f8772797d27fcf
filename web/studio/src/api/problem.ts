// What went wrong with a request, as the API says it (`docs/problems.md`).

import type { components } from "./types.gen.js";

/** An answer that is a problem. */
export class Problem extends Error {
  readonly status: number;
  /** The problem's short name, such as `stale-version`. */
  readonly kind: string;
  /** Whatever else it says. */
  readonly body: Record<string, any>;

  constructor(status: number, body: Partial<components["schemas"]["Problem"]> & Record<string, any>) {
    super(body.detail ?? `status ${status}`);
    this.status = status;
    this.kind = String(body.type ?? "").replace(/^.*:/, "");
    this.body = body;
  }
}

/** Something that is not even asked for, with what to say of it. */
export class Refused extends Error {}

/** The server could not be reached. */
export class Unreachable extends Error {}
