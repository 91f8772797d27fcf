// Fetches delivered files: each once, and every failure says what to do.

import type { Fetch } from "./index.js";
import { check } from "./message.js";

/**
 * A file as `read` understands it. `missing` says what to do when it is not there. Of one path there is one `read`:
 * what it gave is kept, failures are not.
 */
export type Get = <T>(path: string, missing: string, read: (file: any) => T) => Promise<T>;

/** Files below an address; each may take so many milliseconds. */
export const files = (base: string, fetch: Fetch, timeout: number): Get => {
  const kept = new Map<string, Promise<any>>();
  return (path, missing, read) => {
    const url = `${base}/${path}`;
    let file = kept.get(path);
    if (!file) {
      file = fetchText(url, missing, fetch, timeout).then((text) => understood(url, text, read));
      kept.set(path, file);
      file.catch(() => kept.delete(path));
    }
    return file;
  };
};

const fetchText = async (url: string, missing: string, fetch: Fetch, timeout: number): Promise<string> => {
  const signal = AbortSignal.timeout(timeout);
  let status = 200;
  try {
    const answer = await fetch(url, { signal });
    if (answer.ok) return await answer.text();
    ({ status } = answer);
  } catch (cause) {
    if (signal.aborted) throw Error(`${url} did not come within ${timeout} ms: try again, or allow more`, { cause });
    throw Error(`${url} could not be fetched (${reason(cause)}): check the address and the network`, { cause });
  }
  // Stores of files say 403 for what they do not have.
  throw Error(`${url} answered ${status}: ${[403, 404, 410].includes(status) ? missing : "try again later"}`);
};

const understood = <T>(url: string, text: string, read: (file: any) => T): T => {
  let format: unknown;
  try {
    const file = JSON.parse(text);
    format = Array.isArray(file) ? file[0] : file.format;
    check(format === 1);
    return read(file);
  } catch (cause) {
    throw Error(
      Number.isInteger(format) && format !== 1
        ? `${url} is of format ${format}, and this version of @copydesk/site reads 1: update it`
        : `${url} is not a file of Copydesk, or not all of it: check the address and what stands before it`,
      { cause },
    );
  }
};

/** What a failed `fetch` has to say: that of Node keeps it in the cause. */
const reason = (error: any): string => error?.cause?.code ?? error?.message ?? String(error);
