// What a compiled message says for one visitor. `schema/README.md` has the grammar and the rules, and
// `schema/vectors` holds this and the evaluator in Rust to them.
//
// What is read here may have been tampered with: whatever is not of the grammar throws, also in a variant
// that is not chosen, and the page keeps its own text.

/** What a page says by name. */
export type Args = Record<string, string | number | Date>;

/** Words, or an element: its name, its attributes and what is in it. */
export type Piece = string | [tag: string, attributes: Record<string, string>, pieces: Piece[]];

/** The elements that copy may have. */
export const TAG =
  /^([abiqsu]|abbr|bd[io]|w?br|button|cite|code|d(el|fn)|em|ins|kbd|li|mark|[ou]l|r[pt]|ruby|s(amp|mall|pan|trong|u[bp])|time|var)$/;
const NAME = /^[a-z][\w-]*$/i;
const NUMBER_OPTIONS = /^{("(m\w+s":(\d+|null)|style":"percent"|type":"ordinal"|useGrouping":false),?)*}$/;

/** What each attribute may be. An address: no blank, control character or backslash; a scheme of ours or none. */
const ATTRIBUTES: Record<string, RegExp> = {
  dir: /^(ltr|rtl|auto)$/,
  href: /^(?!\/\/|[^]*[\0- \\\x7f])((https?|mailto|tel):|[^:/?#]*([/?#]|$))/i,
  lang: NAME,
  slot: NAME,
  title: /^/,
};

// What is around something: words, which it must not turn (UAX 9); an address; any other attribute.
const WORDS = 1, ADDRESS = 2, ATTRIBUTE = 4;

const DEPTH = 32;

const made: Record<string, any> = {};

/** Throws where something is not as compiling leaves it. */
export const check = (isGood: unknown): void => {
  if (!isGood) throw Error();
};

export const isText = (value: unknown): value is string => typeof value == "string";

const { isFinite: isNumber } = Number as any as { isFinite: (value: unknown) => value is number };

export const { isArray } = Array;

/**
 * What a visitor sees. Throws when the message is malformed, or an argument is missing or does not fit. `digits` are the
 * locales whose digits may be others than 0 to 9.
 */
export const evaluate = (message: unknown, locale: string, args: Args, digits: string[]): Piece[] => {
  /** One of `Intl`, made when it is first needed. */
  const intl = (kind: string, options?: unknown): any =>
    (made[kind + locale + JSON.stringify(options)] ||= new (Intl as any)[kind](locale, options));

  // Nobody's arguments stand for those of a variant that is only checked.
  const argument = (name: any, args: Args | null): any => {
    check(isText(name) && NAME.test(name) && (!args || args.hasOwnProperty(name)));
    return args ? args[name] : 1;
  };

  const number = ([, operand, options = {}, more]: any, args: Args | null): number => {
    const value = isNumber(operand) ? operand : argument(operand, args);
    check(isNumber(value) && !more && NUMBER_OPTIONS.test(JSON.stringify(options)));
    return value;
  };

  const write = (value: any, options?: object, isDate?: unknown): string => {
    check(isNumber(value) || value.getDate);
    // Most numbers are small, and most languages write them alike: that needs no formatter.
    return /^\d{1,3}$/.test(value) && !options && !isDate && !digits.includes(locale)
      ? "" + value
      : intl((isNumber(value) && !isDate ? "Number" : "DateTime") + "Format", options).format(value);
  };

  const walk = (list: any, depth: number, around: number, args: Args | null, into: Piece[]): void => {
    if (isText(list)) list = [list];
    check(depth >= 0 && isArray(list));
    if (around != ADDRESS && list.length > 1) around |= WORDS;
    for (const node of list) {
      if (isText(node)) into.push(node);
      else {
        check(isArray(node));
        const [op, first, ...rest] = node, last = node.length - 1;
        if (isText(op)) {
          const attributes: Record<string, string> = {};
          check(TAG.test(op) && around < ADDRESS);
          if (first?.constructor == Object) {
            for (const name in first) {
              const inside: Piece[] = [];
              check(name != "href" || op == "a");
              walk(first[name], depth - 1, name == "href" ? ADDRESS : ATTRIBUTE, args, inside);
              if (ATTRIBUTES[name]!.test(inside.join(""))) attributes[name] = inside.join("");
            }
          } else if (last) rest.unshift(first);
          // A button that is not the page's might send a form of the page.
          const isOurs = op != "button" || attributes.slot, children: Piece[] = isOurs ? [] : into;
          check(!rest[0] || !/^w?br$/.test(op));
          walk(rest, depth - 1, isOurs ? around : WORDS, args, children);
          if (isOurs) into.push([op, attributes, children]);
        } else if (op === 3) {
          check(last > 1 && last % 2 == 0 && (!isArray(first) || first[0] === 1));
          const value = isArray(first) ? number(first, args) : argument(first, args);
          let chosen = 0;
          for (let place = 2; place <= last; place++) {
            const part = node[place];
            if (place % 2 || place == last) {
              const isChosen = chosen ? chosen == place : place == last;
              walk(part, depth - 1, around, isChosen ? args : null, isChosen ? into : []);
            } else {
              check(isNumber(part) || (isText(part) && NAME.test(part)));
              if (!chosen && (part === value || (isNumber(value) && isText(part) && part == intl("PluralRules", isArray(first) && first[2]).select(value))))
                chosen = place + 1;
            }
          }
        } else {
          check([0, 1, 2].includes(op) && last < (op ? 3 : 2));
          const value = op === 1 ? number(node, args) : argument(first, args);
          const text = op ? write(value, rest[0], op > 1)
            : isText(value) ? value
            // An address is read by machines.
            : around == ADDRESS ? "" + value
            : write(value);
          into.push(around & WORDS ? `\u2068${text}\u2069` : text);
        }
      }
    }
  };

  const pieces: Piece[] = [];
  walk(message, DEPTH, 0, args, pieces);
  return pieces;
};

/** The words alone. */
export const words = (pieces: Piece[]): string => pieces.map((piece) => (isText(piece) ? piece : words(piece[2]))).join("");
