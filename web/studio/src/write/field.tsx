// A field for words with chips and markup in them: as it reads until somebody writes in it.

import { type ComponentChildren, h, render } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Inline } from "../edit/inline.js";
import { isChip, type Kind, type Part } from "../pattern/parts.js";
import { sourceOf } from "../pattern/source.js";
import { written } from "../words.js";

type Editing = typeof import("../field.js");

interface Props {
  parts: Part[];
  /** What is written at this very moment. */
  newest: () => Part[];
  kind: Kind;
  locale: string;
  label: string;
  describedBy: string;
  typed: (parts: Part[]) => void;
  /** What keys do, by ProseMirror's names of them. */
  keys: Record<string, () => void>;
  /** For the style and for tests: which entry, and how far it has come. */
  about: { key: string; state: string };
  placeholder: string | undefined;
  focused?: () => void;
  /** It holds more than can be written so. */
  unheld: () => void;
  /** What puts a chip at the caret, while somebody writes. */
  insert?: (put: ((chip: string) => void) | undefined) => void;
}

/** Comes as a file of its own: most texts are mere words. */
const SCRIPT = "/field.js";

let editing: Editing | undefined, loading: Promise<unknown> | undefined;

const load = (): Promise<unknown> =>
  (loading ??= import(SCRIPT).then(
    (found: Editing) => (editing = found),
    () => (loading = undefined),
  ));

/** A chip's words: a variable's name, a term's, or all of it. */
export const chipLabel = (chip: string): string => /^\{ (?:\$|-)?([\w.-]+) \}$/.exec(chip)?.[1] ?? chip.slice(2, -2);

/** Parts as they read. */
export const shown = (parts: Part[]): ComponentChildren =>
  parts.map((part) => {
    if (typeof part === "string") return part;
    if (isChip(part))
      return (
        <span class="chip" title={part.chip}>
          {chipLabel(part.chip)}
        </span>
      );
    const { "data-copy-name": slot, href } = part.attributes;
    const tag = slot || part.tag === "a" ? "span" : part.tag;
    return h(tag, { class: slot ? "slot" : href === undefined ? undefined : "link", title: slot ?? href }, /^w?br$/.test(tag) ? undefined : shown(part.parts));
  });

export const Field = ({ parts, newest, kind, locale, label, describedBy, typed, keys, about, placeholder, focused, unheld, insert }: Props) => {
  const host = useRef<HTMLDivElement>(null), tool = useRef<Inline | undefined>(undefined);
  const at = useRef<{ left: number; top: number } | undefined>(undefined);
  // Whenever something of it is called, it is the newest.
  const now = useRef({ newest, typed, keys });
  now.current = { newest, typed, keys };
  /** At once, so that no key is lost in between. */
  const begin = (): void => {
    if (tool.current || document.activeElement !== host.current) return;
    if (!editing) return void load().then(() => editing && begin());
    if (!editing.holds(now.current.newest())) return unheld();
    render(null, host.current!);
    tool.current = editing.inline(host.current!, kind, now.current.newest(), {
      typed: (next) => now.current.typed(next),
      keys: Object.fromEntries(Object.keys(keys).map((key) => [key, () => now.current.keys[key]?.()])),
      ...(at.current && { at: at.current }),
    });
    insert?.((chip) => tool.current?.insert(chip));
    focused?.();
  };
  useEffect(() => {
    void load();
    return () => {
      insert?.(undefined);
      tool.current?.end();
      tool.current = undefined;
    };
  }, []);
  useLayoutEffect(() => {
    if (!tool.current) return render(<>{shown(parts)}</>, host.current!);
    // What is shown may be older than what is typed; and a blank at the end stays while somebody goes on after it.
    const next = now.current.newest();
    if (sourceOf(tool.current.parts(), kind) !== sourceOf(next, kind)) tool.current.take(next);
  }, [JSON.stringify(parts)]);
  return (
    <div
      ref={host}
      class="target rich"
      role="textbox"
      tabIndex={0}
      aria-label={label}
      aria-describedby={describedBy}
      data-key={about.key}
      data-state={about.state}
      data-placeholder={placeholder}
      onMouseDown={({ clientX, clientY }) => (at.current = { left: clientX, top: clientY })}
      onFocus={begin}
      {...written(locale)}
    />
  );
};
