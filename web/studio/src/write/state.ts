// How far a text has come.

import { isOvertaken, type Row } from "./sheet.js";

export type State = "missing" | "live" | "saved" | "typed" | "saving" | "overtaken";

export const stateOf = (row: Row): State =>
  isOvertaken(row) ? "overtaken"
  : row.saving.value === "now" ? "saving"
  : row.typed.value ? "typed"
  : row.live.value !== undefined ? "saved"
  : row.saved.value && row.saved.value.value !== null ? "live"
  : "missing";
