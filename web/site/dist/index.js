// src/load.ts
var loading;
var load = (base, { timeout = 1e4 } = {}) => {
  if (typeof document == "undefined") return Promise.reject(Error("load() needs a page: on a server, take open()"));
  const url = new URL(`${base.replace(/\/+$/, "")}/site.js`, document.baseURI).href;
  if (!loading) {
    loading = { url, api: arrival(url, timeout) };
    loading.api.catch(() => loading = void 0);
  }
  if (loading.url == url) return loading.api;
  return Promise.reject(Error(`the page has ${loading.url}: ${url} cannot be loaded beside it`));
};
var arrival = async (url, timeout) => {
  if (!globalThis.copydesk) await run(url, timeout);
  const api = globalThis.copydesk;
  if (!api) throw Error(`${url} is no site script: check the address and what stands before it`);
  await api.ready;
  return api;
};
var run = (url, timeout) => new Promise((resolve, reject) => {
  const script = [...document.scripts].find(({ src }) => src == url) ?? document.head.appendChild(Object.assign(document.createElement("script"), { src: url, async: true, crossOrigin: "" }));
  script.addEventListener("load", () => resolve());
  script.addEventListener("error", () => {
    script.remove();
    reject(Error(`${url} could not be loaded: check the address, the network and the page's security policy`));
  });
  AbortSignal.timeout(timeout).onabort = () => reject(Error(`${url} did not come within ${timeout} ms`));
});

// src/message.ts
var TAG = /^([abiqsu]|abbr|bd[io]|w?br|button|cite|code|d(el|fn)|em|ins|kbd|li|mark|[ou]l|r[pt]|ruby|s(amp|mall|pan|trong|u[bp])|time|var)$/;
var NAME = /^[a-z][\w-]*$/i;
var NUMBER_OPTIONS = /^{("(m\w+s":(\d+|null)|style":"percent"|type":"ordinal"|useGrouping":false),?)*}$/;
var ATTRIBUTES = {
  dir: /^(ltr|rtl|auto)$/,
  href: /^(?!\/\/|[^]*[\0- \\\x7f])((https?|mailto|tel):|[^:/?#]*([/?#]|$))/i,
  lang: NAME,
  slot: NAME,
  title: /^/
};
var WORDS = 1;
var ADDRESS = 2;
var ATTRIBUTE = 4;
var DEPTH = 32;
var made = {};
var check = (isGood) => {
  if (!isGood) throw Error();
};
var isText = (value) => typeof value == "string";
var { isFinite: isNumber } = Number;
var { isArray } = Array;
var evaluate = (message, locale, args, digits) => {
  const intl = (kind2, options) => made[kind2 + locale + JSON.stringify(options)] ||= new Intl[kind2](locale, options);
  const argument = (name, args2) => {
    check(isText(name) && NAME.test(name) && (!args2 || args2.hasOwnProperty(name)));
    return args2 ? args2[name] : 1;
  };
  const number = ([, operand, options = {}, more], args2) => {
    const value = isNumber(operand) ? operand : argument(operand, args2);
    check(isNumber(value) && !more && NUMBER_OPTIONS.test(JSON.stringify(options)));
    return value;
  };
  const write = (value, options, isDate) => {
    check(isNumber(value) || value.getDate);
    return /^\d{1,3}$/.test(value) && !options && !isDate && !digits.includes(locale) ? "" + value : intl((isNumber(value) && !isDate ? "Number" : "DateTime") + "Format", options).format(value);
  };
  const walk = (list, depth, around, args2, into) => {
    if (isText(list)) list = [list];
    check(depth >= 0 && isArray(list));
    if (around != ADDRESS && list.length > 1) around |= WORDS;
    for (const node of list) {
      if (isText(node)) into.push(node);
      else {
        check(isArray(node));
        const [op, first, ...rest] = node, last = node.length - 1;
        if (isText(op)) {
          const attributes = {};
          check(TAG.test(op) && around < ADDRESS);
          if (first?.constructor == Object) {
            for (const name in first) {
              const inside = [];
              check(name != "href" || op == "a");
              walk(first[name], depth - 1, name == "href" ? ADDRESS : ATTRIBUTE, args2, inside);
              if (ATTRIBUTES[name].test(inside.join(""))) attributes[name] = inside.join("");
            }
          } else if (last) rest.unshift(first);
          const isOurs = op != "button" || attributes.slot, children = isOurs ? [] : into;
          check(!rest[0] || !/^w?br$/.test(op));
          walk(rest, depth - 1, isOurs ? around : WORDS, args2, children);
          if (isOurs) into.push([op, attributes, children]);
        } else if (op === 3) {
          check(last > 1 && last % 2 == 0 && (!isArray(first) || first[0] === 1));
          const value = isArray(first) ? number(first, args2) : argument(first, args2);
          let chosen = 0;
          for (let place = 2; place <= last; place++) {
            const part = node[place];
            if (place % 2 || place == last) {
              const isChosen = chosen ? chosen == place : place == last;
              walk(part, depth - 1, around, isChosen ? args2 : null, isChosen ? into : []);
            } else {
              check(isNumber(part) || isText(part) && NAME.test(part));
              if (!chosen && (part === value || isNumber(value) && isText(part) && part == intl("PluralRules", isArray(first) && first[2]).select(value)))
                chosen = place + 1;
            }
          }
        } else {
          check([0, 1, 2].includes(op) && last < (op ? 3 : 2));
          const value = op === 1 ? number(node, args2) : argument(first, args2);
          const text = op ? write(value, rest[0], op > 1) : isText(value) ? value : around == ADDRESS ? "" + value : write(value);
          into.push(around & WORDS ? `\u2068${text}\u2069` : text);
        }
      }
    }
  };
  const pieces = [];
  walk(message, DEPTH, 0, args, pieces);
  return pieces;
};
var words = (pieces) => pieces.map((piece) => isText(piece) ? piece : words(piece[2])).join("");

// src/html.ts
var ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
var escape = (text) => text.replace(/[&<>"]/g, (one) => ESCAPES[one]);
var html = (pieces) => pieces.map((piece) => {
  if (isText(piece)) return escape(piece);
  const [tag, attributes, inside] = piece;
  const start = `<${tag}${Object.entries(attributes).map(attribute).join("")}>`;
  return /^w?br$/.test(tag) ? start : `${start}${html(inside)}</${tag}>`;
}).join("");
var attribute = ([name, value]) => ` ${name == "slot" ? "data-copy-name" : name}="${escape(value)}"`;

// src/copy.ts
var copyOf = (locale, names, pages, where) => {
  const place = `on ${names.map((name) => `"${name}"`).join(", ") || "no page"} in "${locale}" of ${where}`;
  const find = (key) => {
    for (const [entries] of pages) {
      const [message, own = locale] = entries.get(key) ?? [];
      if (message != null) return [message, own];
    }
  };
  const entry = (key) => {
    const found = find(key);
    if (!found) throw Error(`there is no entry "${key}" ${place}: check key and pages, and whether it was published`);
    return found;
  };
  const pieces = (key, given) => {
    const [message, own] = entry(key), args = readable(given ?? {});
    try {
      return merged(evaluate(message, own, args, [own]));
    } catch (cause) {
      throw Error(`the entry "${key}" ${place} cannot be shown: ${fault(message, own, args)}`, { cause });
    }
  };
  const lang = (key) => entry(key)[1];
  return {
    locale,
    has: (key) => !!find(key),
    t: (key, args) => words(pieces(key, args)),
    pieces,
    html: (key, args) => html(pieces(key, args)),
    lang,
    dir: (key) => direction(key === void 0 ? locale : lang(key))
  };
};
var readable = (args) => {
  const dates = Object.entries(args).filter(([, value]) => value instanceof Date);
  const texts = dates.map(([name, date]) => [name, Object.assign(new Date(date), { toString: () => date.toJSON() })]);
  return texts[0] ? { ...args, ...Object.fromEntries(texts) } : args;
};
var merged = (pieces) => {
  const all = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (!isText(piece)) all.push([piece[0], piece[1], merged(piece[2])]);
    else if (isText(last)) all.splice(-1, 1, last + piece);
    else all.push(piece);
  }
  return all;
};
var direction = (locale) => {
  const { script = "" } = new Intl.Locale(locale).maximize();
  return /Adlm|Ara[bn]|Hebr|Mand|Mend|Nkoo|Rohg|Samr|Sogd|Syrc|Thaa|Yezi/.test(script) ? "rtl" : "ltr";
};
var asked = (has, value) => new Proxy({}, { get: (_, name) => name == "hasOwnProperty" ? has : value(String(name)) });
var fault = (message, locale, args) => {
  let last = "";
  const watched = (name) => Object.hasOwn(args, last = name);
  try {
    evaluate(message, locale, asked(() => true, () => 1), []);
  } catch {
    return "it is not as it was published";
  }
  try {
    evaluate(message, locale, asked(watched, (name) => args[name]), []);
  } catch {
  }
  const state = Object.hasOwn(args, last) ? `does not fit: it is ${kind(args[last])}` : "is missing";
  return `the argument "${last}" ${state}`;
};
var kind = (value) => typeof value == "number" || value == null ? `${value}` : value instanceof Date ? `a ${isNaN(+value) ? "broken " : ""}date` : `of type ${typeof value}`;

// src/file.ts
var PLAIN = /^[\w,-]*$/;
var readPage = ([format, copy, fallbacks = {}, next = []]) => {
  const entries = /* @__PURE__ */ new Map();
  check(format === 1 && !isArray(fallbacks) && isArray(next) && PLAIN.test(next));
  for (const [locale, [keys, ...messages]] of [[, copy], ...Object.entries(fallbacks)]) {
    const names = keys?.split(" ") || [];
    check(names.length == messages.length && PLAIN.test(locale));
    names.forEach((key, place) => {
      key[0] == "_" || entries.has(key) || entries.set(key, [messages[place], locale]);
    });
  }
  return [entries, next];
};

// src/get.ts
var files = (base, fetch, timeout) => {
  const kept = /* @__PURE__ */ new Map();
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
var fetchText = async (url, missing, fetch, timeout) => {
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
  throw Error(`${url} answered ${status}: ${[403, 404, 410].includes(status) ? missing : "try again later"}`);
};
var understood = (url, text, read) => {
  let format;
  try {
    const file = JSON.parse(text);
    format = Array.isArray(file) ? file[0] : file.format;
    check(format === 1);
    return read(file);
  } catch (cause) {
    throw Error(
      Number.isInteger(format) && format !== 1 ? `${url} is of format ${format}, and this version of @copydesk/site reads 1: update it` : `${url} is not a file of Copydesk, or not all of it: check the address and what stands before it`,
      { cause }
    );
  }
};
var reason = (error) => error?.cause?.code ?? error?.message ?? String(error);

// src/release.ts
var GONE = "the release is not kept any longer; open the site again";
var isCount = (value) => Number.isInteger(value) && value >= 0;
var count = (value) => isCount(value) ? value : 0;
var common = ({ release, source, locales }) => {
  check(isCount(release) && isText(source) && locales.every((one) => /^[\w-]+$/.test(one)));
  return { release, source, locales };
};
var liveRelease = (get) => get("live.json", "check that it is a project's address, and that something was published", (file) => {
  const { locales, ...rest } = common(file), { pages, manifests } = file;
  check(manifests ? manifests.every(isCount) : pages instanceof Object);
  const pagesIn = async (locale) => {
    const place = locales.indexOf(locale);
    if (!manifests) return [pages, place];
    return get(`manifests/${locale}.${manifests[place]}.json`, GONE, (manifest) => {
      check(manifest.locales[0] === locale && manifest.pages instanceof Object);
      return [manifest.pages, 0];
    });
  };
  const numberOf = async (locale, page) => {
    const [pages2, place] = await pagesIn(locale);
    return count(pages2[page]?.[place]);
  };
  return { ...rest, locales, numberOf };
});
var pinnedRelease = (get, release) => get(`releases/${release}.json`, "there is no such release, or it is not kept any longer", (file) => {
  const { files: files2 } = file;
  check(file.release === release && files2 instanceof Object);
  return { ...common(file), numberOf: async (locale, page) => count(files2[page]?.[locale]?.number) };
});

// src/open.ts
var open = async (address, options = {}) => {
  const { release: pinned, fetch = globalThis.fetch, timeout = 1e4 } = options;
  const base = address.replace(/\/+$/, ""), get = files(base, fetch, timeout);
  const found = await (pinned === void 0 ? liveRelease(get) : pinnedRelease(get, pinned));
  const { release, source, locales } = found;
  const where = `release ${release} of ${base}`;
  const pageOf = async (locale, page) => {
    const number = await found.numberOf(locale, page);
    if (!number) throw Error(`${where} has no page "${page}" in "${locale}": check the name and what was published`);
    return get(`${locale}/${page}.${number}.json`, GONE, readPage);
  };
  return {
    release,
    source,
    locales,
    match: (...wanted) => matching(locales, wanted) ?? source,
    async copy(locale, ...pages) {
      if (!locales.includes(locale))
        throw Error(`${where} has no locale "${locale}", only ${locales.join(", ")}: match() chooses among them`);
      return copyOf(locale, pages, await Promise.all(pages.map((page) => pageOf(locale, page))), where);
    }
  };
};
var matching = (locales, wanted) => {
  for (const one of wanted)
    for (let tag = /^[a-z\d-]{1,64}$/i.test(one ?? "") ? one : ""; tag; tag = tag.replace(/-?[^-]*$/, "")) {
      const found = locales.find((one2) => `${one2}-`.toLowerCase().startsWith(`${tag}-`.toLowerCase()));
      if (found) return found;
    }
};
export {
  load,
  open
};
