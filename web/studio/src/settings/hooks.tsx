// Webhooks: who is told of releases and members, and what became of each message.

import { useSignal } from "@preact/signals";
import { ask, type FreshHook, type Hook, type HookMessage, readAll } from "../api/index.js";
import { useLoaded } from "../loaded.js";
import { useAct } from "../parts/act.js";
import { Confirm } from "../parts/confirm.jsx";
import { Copied } from "../parts/copied.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Failure } from "../parts/failure.jsx";
import { t, when } from "../words.js";

const TOPICS = ["release.live", "release.failed", "release.rolled-back", "member.changed", "member.removed"] as const;

const bodyOf = (form: HTMLFormElement, enabled: boolean): object => {
  const data = new FormData(form), topics = data.getAll("topic");
  return { url: String(data.get("url")).trim(), enabled, ...(topics.length < TOPICS.length && { topics }) };
};

const Fields = ({ hook }: { hook?: Hook }) => (
  <>
    <label>
      {t("hook-url")}
      <input name="url" type="url" required defaultValue={hook?.url} autocomplete="off" />
    </label>
    <fieldset>
      <legend>{t("hook-topics")}</legend>
      {TOPICS.map((topic) => (
        <label>
          <input type="checkbox" name="topic" value={topic} defaultChecked={hook?.topics?.includes(topic) ?? true} /> {t(`topic-${topic.replace(".", "-")}`)}
        </label>
      ))}
    </fieldset>
  </>
);

/** What was sent, the newest first. */
const Messages = ({ root, close }: { root: string; close: () => void }) => {
  const { value, failure, again } = useLoaded(() => readAll<HookMessage>(`${root}/deliveries`), [root]);
  const { isBusy, failure: wrong, act } = useAct();
  const replay = (delivery: number) =>
    act(async () => {
      await ask("POST", `${root}/deliveries/${delivery}/replay`);
      again();
    });
  return (
    <Dialog title={t("hook-messages")} close={close}>
      <Failure of={failure.value ?? wrong.value} again={failure.value ? again : undefined} />
      {!value.value && !failure.value && <p class="quiet">{t("loading")}</p>}
      {value.value?.length === 0 && <p>{t("hook-no-messages")}</p>}
      <ol class="events">
        {value.value?.map((one) => {
          const last = one.tries?.at(-1);
          return (
            <li key={one.delivery}>
              <span class={one.state === "failed" ? "error" : one.state === "delivered" ? "good" : "quiet"}>{t(`hook-${one.state}`)}</span>{" "}
              <code>{one.topic}</code> <span class="quiet">{when(one.at)}</span>
              {last && <p class="quiet">{t("hook-tries", { count: one.tries!.length, answer: last.error ?? String(last.status ?? "") })}</p>}
              <details>
                <summary>{t("hook-body")}</summary>
                <code>{one.body}</code>
              </details>
              {one.state !== "waiting" && (
                <button type="button" disabled={isBusy.value} onClick={() => replay(one.delivery)}>
                  {t("hook-replay")}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
};

const One = ({ root, hook, again }: { root: string; hook: Hook; again: () => void }) => {
  const at = `${root}/hooks/${hook.hook}`, isOpen = useSignal(false), secret = useSignal("");
  const { isBusy, failure, act } = useAct();
  const put = (body: object) =>
    act(async () => {
      await ask("PUT", at, { body });
      again();
    });
  return (
    <li class="card">
      <h3>{hook.url}</h3>
      {hook.stopped && <p class="error">{t("hook-stopped", { why: hook.stopped })}</p>}
      <details class="new">
        <summary>{t("change")}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void put(bodyOf(event.currentTarget, hook.enabled));
          }}
        >
          <Fields hook={hook} />
          <button class="main" disabled={isBusy.value}>
            {t("save")}
          </button>
        </form>
      </details>
      <Failure of={failure.value} />
      <div class="tools">
        <button type="button" aria-haspopup="dialog" onClick={() => (isOpen.value = true)}>
          {t("hook-messages")}
        </button>
        <button
          type="button"
          disabled={isBusy.value}
          onClick={() => put({ url: hook.url, enabled: !hook.enabled, ...(hook.topics && { topics: hook.topics }) })}
        >
          {hook.enabled ? t("hook-pause") : t("hook-resume")}
        </button>
        <Confirm
          label={t("hook-rotate")}
          about={hook.url}
          question={t("hook-rotate-ask")}
          work={async () => {
            secret.value = (await ask<{ secret: string }>("POST", `${at}/secret`)).body.secret;
          }}
        />
        <Confirm
          label={t("remove")}
          about={hook.url}
          question={t("hook-remove-ask")}
          work={async () => {
            await ask("DELETE", at);
            again();
          }}
        />
      </div>
      {secret.value && (
        <div role="status">
          <Copied text={secret.value} label={t("hook-secret")} />
        </div>
      )}
      {isOpen.value && <Messages root={at} close={() => (isOpen.value = false)} />}
    </li>
  );
};

export const Hooks = ({ root }: { root: string }) => {
  const { value, failure, again } = useLoaded(() => readAll<Hook>(`${root}/hooks`), [root]);
  const making = useAct(), fresh = useSignal<FreshHook | undefined>(undefined);
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    void making.act(async () => {
      fresh.value = (await ask<FreshHook>("POST", `${root}/hooks`, { body: bodyOf(form, true) })).body;
      form.reset();
      again();
    });
  };
  return (
    <section aria-labelledby="hooks">
      <h2 id="hooks">{t("hooks")}</h2>
      <Failure of={failure.value} again={again} />
      <ul class="cards">
        {value.value?.map((hook) => (
          <One key={hook.hook} root={root} hook={hook} again={again} />
        ))}
      </ul>
      <form class="card" onSubmit={make}>
        <h3>{t("new-hook")}</h3>
        <Fields />
        <Failure of={making.failure.value} />
        <button class="main" disabled={making.isBusy.value}>
          {t("create")}
        </button>
        {fresh.value && (
          <div role="status">
            <p>{t("hook-once")}</p>
            <Copied text={fresh.value.secret} label={t("hook-secret")} />
          </div>
        )}
      </form>
    </section>
  );
};
