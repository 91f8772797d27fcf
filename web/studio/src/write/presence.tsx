// Who else has which page open. Each window says where it is, now and then, and hears of the others.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask, type Other } from "../api/index.js";
import { localeName, t } from "../words.js";

/** How often, in milliseconds: the server forgets after a minute. */
const EVERY = 15_000;

/** The name of this window, which a reload does not change. */
const window = ((): string => {
  const fresh = crypto.randomUUID().replaceAll("-", "");
  try {
    return (sessionStorage["copydesk-window"] ??= fresh);
  } catch {
    return fresh;
  }
})();

const others = signal<Other[]>([]);

/** The names of people, each once. */
const names = (all: Other[]): string[] => [...new Set(all.map(({ name }) => name))];

/** Says where this window is as long as it is shown. */
export const usePresence = (project: string, locale: string, page: string): void =>
  useEffect(() => {
    const path = `/projects/${project}/presence`;
    let timer: ReturnType<typeof setTimeout>, isOver = false;
    const say = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.visibilityState === "visible")
        try {
          const { body } = await ask<{ others: Other[] }>("PUT", path, { body: { window, locale, page } });
          if (!isOver) others.value = body.others;
        } catch {
          // Who cannot be reached is told so elsewhere.
        }
      if (!isOver) timer = setTimeout(say, EVERY);
    };
    const change = () => void (document.visibilityState === "visible" ? say() : leave());
    const leave = () => ask("PUT", path, { body: { window, locale } }).catch(() => {});
    void say();
    document.addEventListener("visibilitychange", change);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", change);
      others.value = [];
      void leave();
    };
  }, [project, locale, page]);

/** The others on this page: they may write what is written here. */
export const Here = ({ page, locale }: { page: string; locale: string }) => {
  const here = others.value.filter((other) => other.page === page);
  return (
    <p class="quiet here" role="status">
      {names(here).map((name) => {
        const own = here.filter((other) => other.name === name);
        const isSame = own.some((other) => other.locale === locale);
        return (
          <span>
            {t(isSame ? "here-too" : "here-other", { name, locale: own.map((other) => localeName(other.locale)).join(", ") })}{" "}
          </span>
        );
      })}
    </p>
  );
};

/** A mark at pages that others have open. */
export const Elsewhere = ({ page }: { page: string }) => {
  const there = names(others.value.filter((other) => other.page === page));
  if (!there.length) return null;
  const said = t("there", { names: there.join(", ") });
  return (
    <span class="there" title={said}>
      {there.map((name) => [...name][0]!.toLocaleUpperCase()).join("")}
      <span class="unseen"> {said}</span>
    </span>
  );
};
