// Written by `copydesk types`: write it anew rather than change it.
export {};

declare module "@copydesk/site" {
  interface Entries {
    "404": {
      "title": {};
    };
    "about": {
      "hello": { "count": number };
      "toString": {};
    };
    "empty": {};
    "home": {
      "constructor": { "hasOwnProperty": string | number | Date };
      "hello": { "count": number; "name": string | number | Date };
      "hero-title": {};
      "kind": { "kind": string | number };
      "search.placeholder": {};
      "title": {};
      "until": { "end-date": number | Date };
    };
  }
}
