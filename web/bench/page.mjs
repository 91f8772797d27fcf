// The page that is measured: boats for hire, five tagged elements each. The page's own words are another boat's, so
// that they are about as long as the copy.

const NAMES = [
  "Drowsy Heron", "Idle Kingfisher", "Sleepy Otter", "Quiet Pelican", "Lazy Cormorant", "Gentle Bittern",
  "Slow Swan", "Patient Pike", "Yawning Grebe", "Calm Crane", "Dozing Duck", "Mild Moorhen",
];
const PLACES = [
  "under the old willow", "beside the boathouse", "behind the lock gate", "along the north jetty",
  "below the stone bridge", "near the lantern post", "opposite the island", "at the end of the pier",
  "next to the tea stall", "by the heron's nest", "in the shallow bay", "against the mill wall",
];

const LEAD = "with <strong>cushions, blankets and a flask of tea</strong> aboard.";
const JULY = Date.UTC(2027, 6, 1);
const DAY = 86_400_000;

/** The pages of words and small whole numbers alone: the others have prices and dates, which need formatters. */
const PLAIN = /^plain/;

/** What is tagged for a boat: its source in Fluent, and the HTML that comes of it, told with the words of `other`. */
const boat = (page, number, other = number) => {
  const name = NAMES[other % NAMES.length], place = PLACES[other % PLACES.length];
  const isPlain = PLAIN.test(page), price = isPlain ? 9 + (number % 40) : 9.5 + (number % 40) / 4, count = (number % 5) + 1, day = (number % 28) + 1;
  const seats = count == 1 ? "One seat" : `${count} seats`;
  return [
    { key: `name-${number}`, tag: "h2", source: name, html: name },
    {
      key: `lead-${number}`,
      tag: "p",
      isHtml: true,
      source: `She waits ${place}, ${LEAD} <a data-copy-name="more">Read her story</a> before you row.`,
      html: `She waits ${place}, ${LEAD} <a href="#${number}" data-copy-name="more">Read her story</a> before you row.`,
    },
    {
      key: `price-${number}`,
      tag: "p",
      args: { price },
      source: `From { ${isPlain ? "$price" : "NUMBER($price, minimumFractionDigits: 2)"} } euros an hour, ${place}.`,
      html: `From ${isPlain ? price : price.toFixed(2)} euros an hour, ${place}.`,
    },
    {
      key: `seats-${number}`,
      tag: "p",
      args: { count, ...(isPlain ? { day } : { until: JULY + (day - 1) * DAY }) },
      source:
        `{ $count ->\n  [one] One seat\n *[other] { $count } seats\n} left ${place} ` +
        `until ${isPlain ? "July { $day }" : '{ DATETIME($until, month: "long", day: "numeric") }'}.`,
      html: `${seats} left ${place} until July ${day}.`,
    },
    { key: `book-${number}`, tag: "button", source: `Book the ${name} now`, html: `Book the ${name} now` },
  ];
};

const all = (page, boats, shift = 0) => Array.from({ length: boats }, (_, number) => boat(page, number, number + shift)).flat();

/** The copy of so many boats, as Fluent sources by key. */
export const sources = (page, boats) => Object.fromEntries(all(page, boats).map(({ key, source }) => [key, source]));

/** The kinds of these entries. */
export const kinds = (page, boats) =>
  Object.fromEntries(all(page, boats).map(({ key, isHtml }) => [key, isHtml ? "html" : "text"]));

/** What has to be read in the page at last, by key. */
export const words = (page, boats) =>
  Object.fromEntries(all(page, boats).map(({ key, html }) => [key, html.replace(/<[^>]*>/g, "")]));

const element = ({ key, tag, args, html }) =>
  `<${tag} data-copy="${key}"${args ? ` data-copy-args='${JSON.stringify(args)}'` : ""}>${html}</${tag}>`;

const article = (elements) => `<article>${elements.map(element).join("")}</article>`;

const STYLE = `
  body { margin: 2rem; font: 1rem/1.5 sans-serif }
  main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem }
  article { padding: 1rem; border: 1px solid }`;

/** The page as its site serves it, with its own words. */
export const html = (page, boats, head) => {
  const own = all(page, boats, 1);
  const articles = Array.from({ length: boats }, (_, place) => article(own.slice(place * 5, place * 5 + 5)));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Boats</title><link rel="icon" href="data:,">
    <style>${STYLE}</style>${head}</head>
    <body data-copy-page="${page}"><main>${articles.join("\n")}</main></body></html>`;
};
