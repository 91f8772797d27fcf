// How a locale is written.

/** Which way a locale is written, and what it is: for the elements that hold its words. */
export const written = (tag: string): Written => (known[tag] ??= look(tag));

interface Written {
  lang: string;
  dir: "ltr" | "rtl";
}

const known: Record<string, Written> = {};

const look = (tag: string): Written => {
  const { script = "" } = new Intl.Locale(tag).maximize();
  return { lang: tag, dir: /Adlm|Arab|Hebr|Nkoo|Syrc|Thaa/.test(script) ? "rtl" : "ltr" };
};
