// What words, chips and markup are written with: loaded where a text has more than words.

export { holds } from "./edit/document.js";
export { inline } from "./edit/inline.js";
