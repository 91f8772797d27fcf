// A text as visitors see it: with examples for its variables, one for each form of the plural.

import { type ComponentChildren, h } from "preact";
import { type Args, evaluate, isText, type Piece, words } from "../../../site/src/message.js";
import type { Preview } from "../api/index.js";
import { t, written } from "../words.js";
import type { Row } from "./sheet.js";

interface Example {
  args: Args;
  /** The number that makes it an example. */
  number?: number;
}

/** Numbers that are tried to find one of each form, the most usual first. */
const NUMBERS = [1, 2, 3, 5, 0, ...Array.from({ length: 200 }, (_, number) => number), 1_000_000, 1.5];

/** A number for each form that the plural has in a locale. */
export const examplesOf = (locale: string, type: "cardinal" | "ordinal" = "cardinal"): Map<string, number> => {
  const rules = new Intl.PluralRules(locale, { type }), found = new Map<string, number>();
  for (const number of NUMBERS) {
    const form = rules.select(number);
    if (!found.has(form)) found.set(form, number);
  }
  return found;
};

const examples = ({ variables }: Preview, locale: string): Example[] => {
  const counted = variables.find(({ takes }) => takes.number && !takes.text && !takes.date)?.name;
  const args = Object.fromEntries(
    variables.map(({ name, takes }) => [name, takes.text ? `‹${name}›` : takes.date ? new Date() : 3]),
  );
  if (!counted) return [{ args }];
  return [...examplesOf(locale).values()].map((number) => ({ args: { ...args, [counted]: number }, number }));
};

/** What somebody could press leads nowhere here. */
const TAGS: Record<string, string> = { a: "span", button: "span" };

const elements = (pieces: Piece[]): ComponentChildren =>
  pieces.map((piece) => {
    if (isText(piece)) return piece;
    const [tag, { href, slot }, inside] = piece;
    const kind = slot ? "slot" : tag in TAGS ? "link" : undefined;
    return h(TAGS[tag] ?? tag, { class: kind, title: href ?? slot }, elements(inside));
  });

const shown = (preview: Preview, locale: string): { number?: number; pieces: Piece[] }[] => {
  const all = examples(preview, locale).flatMap(({ args, number }) => {
    try {
      return [{ number, pieces: evaluate(preview.message, locale, args, [locale]) }];
    } catch {
      return [];
    }
  });
  // Forms that say the same are one.
  return all.filter(({ pieces }, place) => all.findIndex((one) => words(one.pieces) === words(pieces)) === place);
};

export const Shown = ({ row }: { row: Row }) => {
  const preview = row.preview.value, { locale } = row.place;
  if (!preview?.message || (!preview.variables.length && row.entry.kind !== "html")) return null;
  return (
    <figure class="shown">
      <figcaption class="quiet">{t("shown")}</figcaption>
      {shown(preview, locale).map(({ number, pieces }) => (
        <p {...written(locale)}>
          {number !== undefined && <span class="example">{number.toLocaleString(locale)}</span>}
          {elements(pieces)}
        </p>
      ))}
    </figure>
  );
};
