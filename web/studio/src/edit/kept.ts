// What was typed, kept in the site's own storage where browsers block that of the studio's frame.

const PREFIX = "copydesk ";

/** What is kept here; nothing where this site's storage is blocked, too. */
export const kept = (): { kept?: Record<string, string> } => {
  try {
    const names = Object.keys(localStorage).filter((name) => /^copydesk (typed|aside) /.test(name));
    return { kept: Object.fromEntries(names.map((name) => [name.slice(PREFIX.length), localStorage[name]])) };
  } catch {
    return {};
  }
};

/** Keeps a text, or takes it away. Says whether it could: where it is full, the text is in the window still. */
export const keep = (name: string, text: string | null): boolean => {
  try {
    if (text === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, text);
    return true;
  } catch {
    return false;
  }
};
