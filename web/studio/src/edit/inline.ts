// An element that words, chips and markup are written in: one of the studio's, or the page's own element, in its own style.
// Nothing of the page takes part: keys come here before the page hears of them, and what a script of the page does to the
// element does not change the text.

import { toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { DOMParser as Parser, type Node, type Slice } from "prosemirror-model";
import { type Command, EditorState, Plugin, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { attributeSource, type Kind, type Part } from "../pattern/parts.js";
import { documentOf, partsOfDocument, schema } from "./document.js";

export interface Wishes {
  /** Something was typed. */
  typed(parts: Part[]): void;
  /** The selection moved: what is on at the caret. */
  moved?(): void;
  /** What keys do, by ProseMirror's names of them. */
  keys: Record<string, () => void>;
  /** Whether it is the page's element. */
  isInPage?: boolean;
  /** Where the pointer is that begins it, in the window. */
  at?: { left: number; top: number };
}

export interface Inline {
  readonly element: HTMLElement;
  /** Whether the element is still in the page: scripts of the page may have put another in its place. */
  isThere(): boolean;
  parts(): Part[];
  /** Other parts: somebody else's, or of a form. */
  take(parts: Part[]): void;
  /** Makes what is chosen bold and the like, or not. */
  toggle(tag: "strong" | "em"): void;
  /** Links what is chosen there; to nothing removes the link. */
  linkTo(address: string): void;
  /** Whether something is on at the caret; of a link, where it leads. */
  has(tag: "strong" | "em" | "a"): string | boolean;
  undo(): void;
  /** Puts a chip at the caret. */
  insert(chip: string): void;
  focus(): void;
  /** Gives the element back, empty, with the page's own elements that were in it. */
  end(): Map<string, HTMLElement>;
}

/** What the element has only while somebody writes in it; and in a page, which may show no focus. */
const STYLE = { whiteSpace: "break-spaces", cursor: "text", userSelect: "text" };
const OUTLINE = { outline: "2px solid #6366f1", outlineOffset: "3px" };

/** Attributes that are the page's again afterwards. */
const OURS = ["aria-multiline", "contenteditable", "role", "spellcheck", "translate"];

/** So long after somebody did something, what changes is theirs, in milliseconds. */
const BY_HAND = 1_000;

/** What was copied last, in whichever text. */
let copied: { slice: Slice; text: string } | undefined;

/** Events that pages like to take. */
const TRAPPED = ["keydown", "keypress", "keyup", "beforeinput", "paste", "cut", "copy", "compositionstart", "compositionupdate", "compositionend"];

export const inline = (element: HTMLElement, kind: Kind, parts: Part[], wishes: Wishes): Inline => {
  const isMarkup = kind === "html", slots = new Map<string, HTMLElement>();
  for (const slot of element.querySelectorAll<HTMLElement>("[data-copy-name]")) slots.set(slot.dataset.copyName!, slot);
  const before = OURS.map((name) => [name, element.getAttribute(name)] as const);
  const style: Record<string, string> = { ...STYLE, ...(wishes.isInPage && OUTLINE) }, styled = element.style as unknown as Record<string, string>;
  const styledBefore = Object.keys(style).map((name) => [name, styled[name]!] as const), hadStyle = element.hasAttribute("style");
  Object.assign(styled, style);

  const lineBreak: Command = (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(schema.node("br")).scrollIntoView());
    return true;
  };
  const mark = (tag: "strong" | "em"): Command => (isMarkup ? toggleMark(schema.marks[tag]!) : () => true);
  const keys: Record<string, Command> = {
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Mod-b": mark("strong"),
    "Mod-i": mark("em"),
    // Where there is no markup, a line's end is a blank.
    Enter: isMarkup ? lineBreak : () => true,
    "Shift-Enter": isMarkup ? lineBreak : () => true,
    ...Object.fromEntries(Object.entries(wishes.keys).map(([key, does]) => [key, () => (does(), true)])),
  };

  /** The page's own elements stay, each once; chips may go: what is missing is remarked on. */
  const keepsSlots = new Plugin({
    filterTransaction: (change) => !change.docChanged || change.getMeta("told") || slotsOf(change.doc) === slotsOf(change.before),
  });

  /** When somebody last did something here: what changes without that is a script's doing, and is undone. */
  let acted = 0;
  const byHand = <Result>(act: () => Result): Result => {
    acted = Date.now();
    return act();
  };

  const state = EditorState.create({ doc: documentOf(parts), plugins: [history(), keymap(keys), keepsSlots] });

  const pasted = (html: string, text: string): Slice => {
    const container = document.implementation.createHTMLDocument("").body;
    try {
      // The studio always forbids it.
      if (!isMarkup || !html || !wishes.isInPage) throw Error();
      // Read in a document that is not shown, where nothing runs and nothing is loaded. Where the page forbids even
      // that, the words alone are taken.
      container.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    } catch {
      container.textContent = text.replace(/\s+/g, " ");
    }
    const slice = Parser.fromSchema(schema).parseSlice(container);
    return slice;
  };

  const view = new EditorView({ mount: element }, {
    state,
    attributes: { role: "textbox", "aria-multiline": "false", spellcheck: "true" },
    nodeViews: {
      slot: (node) => {
        // What the page does not have is a mere place.
        const own = slots.get(node.attrs.attributes["data-copy-name"]) ?? place(node.attrs.attributes["data-copy-name"]);
        own.replaceChildren();
        return { dom: own, contentDOM: own, ignoreMutation: ({ type }) => type === "attributes" };
      },
    },
    dispatchTransaction: (transaction) => {
      if (transaction.docChanged && !transaction.getMeta("told") && Date.now() - acted > BY_HAND) return;
      view.updateState(view.state.apply(transaction));
      if (transaction.docChanged && !transaction.getMeta("told")) wishes.typed(partsOfDocument(view.state.doc));
      wishes.moved?.();
    },
    // Before ProseMirror itself reads what comes: where Trusted Types are enforced that fails, and the browser takes over.
    handleDOMEvents: {
      paste: (_, event) => {
        event.preventDefault();
        const given = event.clipboardData!, text = given.getData("text/plain");
        // What was copied here comes back with its chips and links.
        const slice = text && text === copied?.text ? copied.slice : pasted(given.getData("text/html"), text);
        view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
        return true;
      },
      drop: (_, event) => (event.preventDefault(), true),
      dragstart: (_, event) => (event.preventDefault(), true),
    },
    clipboardTextSerializer: (slice) => {
      const text = slice.content.textBetween(0, slice.content.size, " ", ({ attrs }) => attrs.chip ?? " ");
      copied = { slice, text };
      return text;
    },
  });

  const trap = (event: Event): void => {
    if (!element.contains(event.target as globalThis.Node)) return;
    event.stopImmediatePropagation();
    byHand(() => view.dispatchEvent(event));
  };
  for (const type of TRAPPED) addEventListener(type, trap, true);

  const at = wishes.at ? view.posAtCoords(wishes.at)?.pos : undefined;
  view.dispatch(view.state.tr.setSelection(at === undefined ? TextSelection.atEnd(view.state.doc) : TextSelection.near(view.state.doc.resolve(at))));
  view.focus();

  return {
    element,
    isThere: () => element.isConnected,
    parts: () => partsOfDocument(view.state.doc),
    take: (next) => {
      const doc = documentOf(next);
      view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, doc.content).setMeta("told", true));
    },
    toggle: (tag) => byHand(() => void (mark(tag)(view.state, view.dispatch), view.focus())),
    linkTo: (address) => byHand(() => {
      const { from, to } = around(view.state), link = schema.marks.a!;
      const change = view.state.tr.removeMark(from, to, link);
      view.dispatch(address ? change.addMark(from, to, link.create({ attributes: { href: attributeSource(address) } })) : change);
      view.focus();
    }),
    has: (tag) => {
      const { from, to, empty, $from } = view.state.selection, type = schema.marks[tag]!;
      if (tag !== "a") return empty ? !!type.isInSet(view.state.storedMarks ?? $from.marks()) : view.state.doc.rangeHasMark(from, to, type);
      const { from: start } = around(view.state);
      return type.isInSet(view.state.doc.nodeAt(start)?.marks ?? [])?.attrs.attributes.href ?? false;
    },
    insert: (chip) => byHand(() => {
      view.dispatch(view.state.tr.replaceSelectionWith(schema.node("chip", { chip })));
      view.focus();
    }),
    undo: () => byHand(() => void (undo(view.state, view.dispatch), view.focus())),
    focus: () => view.focus(),
    end: () => {
      for (const type of TRAPPED) removeEventListener(type, trap, true);
      view.destroy();
      for (const [name, value] of before)
        if (value === null) element.removeAttribute(name);
        else element.setAttribute(name, value);
      for (const [name, value] of styledBefore) styled[name] = value;
      if (!hadStyle && !element.style.length) element.removeAttribute("style");
      element.classList.remove("ProseMirror", "ProseMirror-focused", "ProseMirror-hideselection");
      if (!element.classList.length) element.removeAttribute("class");
      return slots;
    },
  };
};

/** Where an element of the page will be. */
const place = (name: string): HTMLElement =>
  Object.assign(document.createElement("span"), { title: name, className: "slot", style: "border-bottom:2px dashed" });

const slotsOf = (doc: Node): string => {
  const names: string[] = [];
  doc.descendants(({ type, attrs }) => void (type.name === "slot" && names.push(attrs.attributes["data-copy-name"])));
  return names.sort().join(" ");
};

/** What is chosen, or else the whole link that the caret is in. */
const around = ({ selection: { from, to, empty, $from }, doc }: EditorState): { from: number; to: number } => {
  if (!empty) return { from, to };
  const link = schema.marks.a!, found = link.isInSet($from.marks()) ?? link.isInSet(doc.nodeAt(from)?.marks ?? []);
  if (!found) return { from, to };
  let [start, end] = [from, to];
  while (start > 0 && found.isInSet(doc.nodeAt(start - 1)?.marks ?? [])) start--;
  while (found.isInSet(doc.nodeAt(end)?.marks ?? [])) end++;
  return { from: start, to: end };
};
