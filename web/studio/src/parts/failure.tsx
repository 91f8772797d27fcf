// What went wrong, in words that say what to do.

import { Problem, Refused, Unreachable } from "../api/index.js";
import { t } from "../words.js";

interface Props {
  of: unknown;
  /** Tries again. */
  again?: () => void;
}

const said = (failure: unknown): string =>
  failure instanceof Problem ? (failure.kind === "forbidden" ? t("forbidden", { detail: failure.message }) : failure.message)
  : failure instanceof Refused ? failure.message
  : failure instanceof Unreachable ? t("unreachable")
  : t("fault", { detail: failure instanceof Error ? failure.message : String(failure) });

export const Failure = ({ of, again }: Props) =>
  of === undefined ? null : (
    <p class="error" role="alert">
      {said(of)}{" "}
      {again && (
        <button type="button" onClick={again}>
          {t("try-again")}
        </button>
      )}
    </p>
  );
