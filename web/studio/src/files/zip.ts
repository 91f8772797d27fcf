// Archives, whose script comes when one is made or opened.

type Zip = typeof import("../zip.js");

const SCRIPT = "/zip.js";

export const zip = (): Promise<Zip> => import(SCRIPT);
