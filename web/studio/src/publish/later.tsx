// What will be published later, and thinking better of it.

import { ask, read, type Request } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Failure } from "../parts/failure.jsx";
import { t, when } from "../words.js";
import { isLater } from "./outcome.jsx";

/** So many of the newest requests are looked through. */
const NEWEST = 200;

/** `on`: what was asked for last; then it is looked again. */
export const Later = ({ root, on, cancelled }: { root: string; on: unknown; cancelled: () => void }) => {
  const { value, failure, again } = useLoaded(
    async () => (await read<{ items: Request[] }>(`${root}/releases/requests?limit=${NEWEST}`)).items.filter((one) => isLater(one)),
    [root, on],
  );
  const { isBusy, failure: wrong, act } = useAct();
  const cancel = (request: number) =>
    act(async () => {
      await ask("DELETE", `${root}/releases/requests/${request}`);
      cancelled();
      again();
    });
  if (failure.value) return <Failure of={failure.value} again={again} />;
  if (!value.value?.length) return null;
  return (
    <section aria-label={t("later")}>
      <h3>{t("later")}</h3>
      <Failure of={wrong.value} />
      <ul class="cards">
        {value.value.map(({ request, due, by, wanted }) => (
          <li class="card" key={request}>
            <p>
              <strong>{when(due)}</strong> <span class="quiet">{by.name}</span>
            </p>
            <p>{("note" in wanted && wanted.note) || <span class="quiet">{t("no-note")}</span>}</p>
            <button type="button" disabled={isBusy.value} onClick={() => cancel(request)}>
              {t("later-not", { when: when(due) })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
