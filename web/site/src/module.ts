// The package `@copydesk/site`: copy on servers and in builds, the site script in apps. `index.d.ts` says what it is.

export { load } from "./load.js";
export { open } from "./open.js";
