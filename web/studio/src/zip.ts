// Archives: loaded where somebody brings copy in or takes it out.

export { strToU8, unzipSync, zipSync } from "fflate";
