// Where in the studio an address leads, for whoever asks before the studio is there.

/** The parts of the address: `#/demo/write/de/home` is `["demo", "write", "de", "home"]`. */
export const parts = (): string[] => {
  const path = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
  try {
    return path.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    // Not an address of ours.
    return [];
  }
};
