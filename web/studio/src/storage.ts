// The browser's storage. Where a site shows the studio's frame it may be blocked; what is typed is then kept by the site,
// which sees it anyway. Sessions never are.

/** What the language that somebody chose is kept as. */
export const LANGUAGE = "copydesk-language";

const isBlocked = ((): boolean => {
  try {
    return !localStorage;
  } catch {
    return true;
  }
})();

const memory = new Map<string, string>();

let keep: ((name: string, text: string | null) => void) | undefined;

/** Where storage is blocked, `keeper` keeps what is to be kept, and `kept` is what it has. */
export const keepElsewhere = (kept: Record<string, string>, keeper: NonNullable<typeof keep>): void => {
  if (!isBlocked) return;
  keep = keeper;
  for (const [name, text] of Object.entries(kept)) memory.set(name, text);
};

/** What is kept under a name; nothing where nothing is or can be. */
export const stored = (name: string): string | null => (isBlocked ? (memory.get(name) ?? null) : localStorage.getItem(name));

/** The names of everything that is kept. */
export const storedNames = (): string[] => (isBlocked ? [...memory.keys()] : Object.keys(localStorage));

/** Keeps a text, or takes it away. Throws where nothing can be kept. */
export const store = (name: string, text: string | null): void => {
  if (!isBlocked) {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
    return;
  }
  if (text === null) memory.delete(name);
  else memory.set(name, text);
  if (!keep) throw Error("this browser keeps nothing");
  keep(name, text);
};
