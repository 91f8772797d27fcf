// What becomes of a publish: how far it has come, and where it can be seen.

import { useEffect, useRef } from "preact/hooks";
import { ask, type Project, read, type Release, type Request } from "../api/index.js";
import { to } from "../route.js";
import { t, when } from "../words.js";

/** A request, and what is known of the release that it becomes. */
export interface Going {
  request: Request;
  release?: Release;
}

/** Whether it waits for a time that is far off. */
export const isLater = ({ state, due }: Request, leeway = 0): boolean => state === "waiting" && Date.parse(due) > Date.now() + leeway;

/** Tells of a request until it has ended, or waits for a time that is far off. */
export const follow = async (root: string, number: number, tell: (going: Going) => void): Promise<void> => {
  for (;;) {
    const { body: request } = await ask<Request>("GET", `${root}/releases/requests/${number}`, { headers: { prefer: "wait=1" } });
    const isBuilding = request.state === "building" && request.release;
    tell({ request, ...(isBuilding ? { release: await read<Release>(`${root}/releases/${request.release}`) } : {}) });
    if (["done", "failed", "cancelled"].includes(request.state) || isLater(request, 10_000)) return;
  }
};

const Said = ({ request, release }: Going) => {
  if (request.state === "done") return <>{t("published", { release: request.release ?? 0 })}</>;
  if (request.state === "failed") return <>{t("publish-failed", { detail: request.error ?? "" })}</>;
  if (isLater(request)) return <>{t("scheduled", { when: when(request.due) })}</>;
  const { files_done: done = 0, files_total: total = 0 } = release ?? {};
  return (
    <>
      {t("publishing")}{" "}
      {total > 0 && (
        <>
          <progress aria-label={t("publishing")} value={done} max={total} /> {t("files-progress", { done, total })}
        </>
      )}
    </>
  );
};

/** How far the last request has come. */
export const Outcome = ({ project, going, isHere }: { project: Project; going: Going | undefined; isHere: boolean }) => {
  const own = useRef<HTMLDivElement>(null), state = going?.request.state;
  // The button that was pressed may be far below.
  useEffect(() => {
    if (state) own.current!.scrollIntoView({ block: "nearest" });
  }, [state]);
  return (
    <div role="status" ref={own}>
      {going && (
        <p class={going.request.state === "failed" ? "error" : "good"}>
          <Said {...going} />{" "}
          {going.request.state === "done" && (
            <>
              {!isHere &&
                project.origins.map((origin) => (
                  <>
                    <a href={origin} target="_blank" rel="noopener">
                      {t("see-it", { site: new URL(origin).host })}
                    </a>{" "}
                  </>
                ))}
              <a href={to(project.project, "releases")}>{t("releases")}</a>
            </>
          )}
        </p>
      )}
    </div>
  );
};
