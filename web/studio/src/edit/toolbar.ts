// What the editor itself shows in the page, in a closed shadow root: the studio's frame, a mark on what is pointed at,
// and the tools beside what is written.

import type { Kind } from "../pattern/parts.js";
import type { State } from "../write/state.js";

export interface Tools {
  bold(): void;
  italic(): void;
  link(address: string): void;
  undo(): void;
  save(): void;
  back(): void;
}

const STYLE = `
:host { all: initial; }
* { box-sizing: border-box; font: 14px/1.4 system-ui, sans-serif; }
iframe { position: fixed; z-index: 2147483646; inset: 0 0 0 auto; width: min(26rem, 100vw); height: 100dvh; border: 0; color-scheme: light dark;
  box-shadow: 0 0 2rem #0004; background: Canvas; }
:host(.turned) iframe { inset: 0 auto 0 0; }
:host iframe:is(.bar, .strip) { inset: auto 1rem 1rem auto; width: 20rem; height: 3.5rem; border-radius: .6rem; }
:host iframe.strip { height: 8rem; }
.tools { position: fixed; z-index: 2147483645; display: flex; flex-wrap: wrap; gap: .25rem; align-items: center; padding: .3rem; border-radius: .6rem;
  background: #1e1b4b; color: #fff; box-shadow: 0 .3rem 1rem #0006; max-width: calc(100vw - 1rem); }
.tools[hidden], .mark[hidden], .note[hidden], form[hidden], button[hidden] { display: none; }
button { min-width: 2.2rem; min-height: 2.2rem; padding: 0 .6rem; border: 1px solid #ffffff40; border-radius: .4rem; background: none; color: inherit; cursor: pointer; }
button:hover, button[aria-pressed=true] { background: #ffffff2e; }
button:focus-visible, input:focus-visible { outline: 2px solid #a5b4fc; outline-offset: 1px; }
input { min-height: 2.2rem; width: 14rem; padding: 0 .5rem; border: 1px solid #ffffff60; border-radius: .4rem; background: #fff; color: #111; }
form { display: flex; gap: .25rem; }
.state { padding: 0 .4rem; }
.state.overtaken { background: #b91c1c; border-radius: .3rem; }
.mark { position: fixed; z-index: 2147483644; pointer-events: none; border: 2px dashed #6366f1; border-radius: .3rem; }
.note { position: fixed; z-index: 2147483647; inset: auto 1rem 1rem auto; max-width: min(26rem, calc(100vw - 2rem)); padding: 1rem; border-radius: .6rem; background: #1e1b4b; color: #fff; }
.note button { margin-block-start: .6rem; }
@media (max-width: 50rem) { iframe { width: 100vw; height: 45dvh; } :host(.turned) iframe, iframe { inset: auto 0 0 0; } :host iframe:is(.bar, .strip) { inset: auto .5rem .5rem auto; width: min(20rem, calc(100vw - 1rem)); height: 3.5rem; } :host iframe.strip { height: 8rem; } }
`;

/** Width of the panel, where it stands beside the page, in pixels. */
const PANEL = 416;

const make = <Name extends keyof HTMLElementTagNameMap>(name: Name, given: Record<string, unknown> = {}): HTMLElementTagNameMap[Name] =>
  Object.assign(document.createElement(name), given);

export class Toolbar {
  readonly host = document.createElement("copydesk-editor");
  readonly root: ShadowRoot = this.host.attachShadow({ mode: "closed" });
  private readonly bar = make("div", { className: "tools", hidden: true });
  private readonly outline = make("div", { className: "mark", hidden: true });
  private readonly state = make("span", { className: "state" });
  private readonly form = make("form", { hidden: true });
  private readonly address = make("input", { type: "text", autocomplete: "off", inputMode: "url" });
  private buttons: Record<string, HTMLButtonElement> = {};
  private at: HTMLElement | undefined;

  constructor(private readonly tools: Tools) {
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    this.root.adoptedStyleSheets = [style];
    this.bar.setAttribute("role", "toolbar");
    this.state.setAttribute("role", "status");
    this.root.append(this.outline, this.bar);
    // The tools speak the editor's language, not the page's.
    this.host.dir = "ltr";
    // In the body a script of the page that replaces everything would take it away.
    document.documentElement.append(this.host);
    this.bar.addEventListener("mousedown", (event) => event.target !== this.address && event.preventDefault());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.form.hidden = true;
      tools.link(this.address.value.trim());
    });
    // Keys that are typed here are not for the page, which only knows that they are not in a field of its own.
    for (const type of ["keydown", "keypress", "keyup"]) addEventListener(type, (event) => event.target === this.host && event.stopImmediatePropagation(), true);
    const follow = () => this.place();
    for (const type of ["scroll", "resize"]) addEventListener(type, follow, { capture: true, passive: true });
  }

  /** Names everything, in the language of whoever edits. */
  speak(words: Record<string, string>): void {
    const button = (name: string, sign: string, act: () => void): HTMLButtonElement => {
      const made = make("button", { type: "button", textContent: sign, title: words[name], onclick: act });
      made.setAttribute("aria-label", words[name]!);
      return (this.buttons[name] = made);
    };
    this.bar.setAttribute("aria-label", words.tools!);
    this.address.setAttribute("aria-label", words.address!);
    this.address.placeholder = words.address!;
    this.form.replaceChildren(this.address, make("button", { textContent: words.apply }));
    this.bar.replaceChildren(
      button("bold", "B", this.tools.bold),
      button("italic", "I", this.tools.italic),
      button("link", words.link!, () => this.askAddress()),
      button("undo", words.undo!, this.tools.undo),
      this.state,
      button("save", words.save!, this.tools.save),
      button("discard", words.discard!, this.tools.back),
      this.form,
    );
  }

  private askAddress(): void {
    this.form.hidden = !this.form.hidden;
    if (!this.form.hidden) this.address.focus();
  }

  /** The panel is where lines end. */
  turn(): void {
    this.host.classList.toggle("turned", document.documentElement.dir === "rtl");
    this.place();
  }

  /** Shows the tools beside an element, or none. */
  show(element: HTMLElement | undefined, kind: Kind = "text"): void {
    this.at = element;
    this.bar.hidden = !element;
    this.form.hidden = true;
    this.outline.hidden = true;
    for (const name of ["bold", "italic", "link"]) if (this.buttons[name]) this.buttons[name].hidden = kind !== "html";
    this.place();
  }

  /** What is on at the caret. */
  pressed(on: { bold: boolean; italic: boolean; link: string }): void {
    for (const name of ["bold", "italic", "link"] as const) this.buttons[name]?.setAttribute("aria-pressed", String(!!on[name]));
    if (this.form.hidden) this.address.value = on.link;
  }

  /** How far the text has come. */
  tell(state: State, words: string): void {
    this.state.className = `state ${state}`;
    this.state.textContent = words;
  }

  /** Marks what is pointed at. */
  mark(element: Element | undefined): void {
    this.outline.hidden = !element || element === this.at;
    if (!element) return;
    const { left, top, width, height } = element.getBoundingClientRect();
    Object.assign(this.outline.style, { left: `${left - 4}px`, top: `${top - 4}px`, width: `${width + 8}px`, height: `${height + 8}px` });
  }

  /** Puts the tools beside what is written. */
  place(): void {
    if (!this.at) return;
    const { left, top, bottom } = this.at.getBoundingClientRect(), height = this.bar.offsetHeight;
    // Above it, or below where there is no room.
    const y = top - height - 8 > 0 ? top - height - 8 : Math.min(bottom + 8, innerHeight - height - 8);
    const panel = innerWidth > 800 ? PANEL : 0, isTurned = this.host.classList.contains("turned");
    const [first, last] = isTurned ? [panel, innerWidth] : [0, innerWidth - panel];
    const x = Math.max(first + 8, Math.min(left, last - this.bar.offsetWidth - 8));
    Object.assign(this.bar.style, { left: `${x}px`, top: `${Math.max(8, y)}px` });
  }

  /** Says why there is no editor. */
  excuse(text: string, again: string): void {
    const note = make("div", { className: "note", textContent: text });
    note.setAttribute("role", "alert");
    note.append(make("br"), make("button", { type: "button", textContent: again, onclick: () => location.reload() }));
    this.root.append(note);
  }
}
