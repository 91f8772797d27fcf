// Said where a press on a guarded button was not taken: it came before the pointer had been there for a moment.

import { t } from "../words.js";
import type { Guard } from "./safe.js";

export const Again = ({ guard }: { guard: Guard | undefined }) => <span role="status">{guard?.isAgain.value && t("press-again")}</span>;
