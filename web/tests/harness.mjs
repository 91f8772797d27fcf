// What the tests stand on: a real browser, servers that end here, the site script's parts as one text.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";

export const root = join(import.meta.dirname, "../..");

/** An entry point and what it imports, as one script; its exports are members of `global`. */
export const bundle = async (entry, global) => {
  const options = { bundle: true, format: "iife", globalName: global, target: "es2022", write: false };
  return (await build({ entryPoints: [join(root, "web", entry)], ...options })).outputFiles[0].text;
};

/** A program by its path, or its name among those that are there. */
const find = (name) => name.includes("/") ? name : process.env.PATH.split(delimiter).map((folder) => join(folder, name)).find(existsSync);

/** A browser that only knows this machine. */
export const launch = () =>
  chromium.launch({
    executablePath: find(process.env.COPYDESK_TEST_CHROMIUM ?? "chromium"),
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
  });

/** A server whose every request `answer` handles: it returns `{ status, headers, body }`, or null to leave it hanging. A stream is sent as it comes. */
export const serve = async (answer) => {
  const seen = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    seen.push(url.pathname + url.search);
    const given = await answer(url, request);
    if (!given) return;
    response.writeHead(given.status ?? 200, given.headers);
    if (given.body instanceof ReadableStream) Readable.fromWeb(given.body).pipe(response);
    else response.end(given.body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, seen, close };
};

/** Waits until something holds. */
export const until = async (what, holds) => {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw Error(`not within 20 s: ${what}`);
    await new Promise((later) => setTimeout(later, 20));
  }
};

/** The program. */
export const binary = process.env.COPYDESK_BIN ?? join(root, "target/debug/copydesk");

/** Starts the program, and gives its addresses by name and a way to end it. */
const program = async (isUp, env, ...args) => {
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, ...env } });
  process.on("exit", () => child.kill());
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  await until(`copydesk ${args[0]} listens`, () => isUp.test(printed));
  const address = (name) => printed.match(new RegExp(`^ *${name} +(http://\\S+)`, "m"))[1];
  const end = (signal) => {
    child.kill(signal);
    return new Promise((ended) => (child.exitCode === null ? child.once("exit", ended) : ended()));
  };
  return { address, stop: () => end(), kill: () => end("SIGKILL") };
};

/** Copydesk on this machine, in a folder of its own; with `demo` it serves the demo site, too. */
export const copydesk = async (env = {}, { demo = false } = {}) => {
  // A new folder is what the demo is put into.
  const folder = mkdtempSync(join(tmpdir(), "copydesk-web-")), data = join(folder, "data");
  const listen = ["--listen", "127.0.0.1:0", "--delivery", "127.0.0.1:0", ...(demo ? ["--demo", "127.0.0.1:0"] : ["--no-demo"]), "--data", data];
  let running = await program(/^Next:/m, env, ...listen);
  const { address } = running, stop = () => running.stop();
  const api = address("studio"), token = readFileSync(join(data, "owner-token"), "utf8").trim();
  const ask = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${api}/v1/projects${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw Error(`${method} ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  };
  /** Ends it and takes away what it wrote. */
  const close = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  /** A link that signs somebody in: the owner, or whoever `{ email, name }` says. */
  const link = async (body) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(`${api}/v1/sign-in-links`, { method: "POST", headers, body: JSON.stringify(body) });
    return (await answer.json()).path;
  };
  return {
    api,
    link,
    /** An address that was printed, by its name. */
    address,
    delivery: address("delivery"),
    /** What commands are told, to reach this one. */
    target: ["--url", api, "--token", token],
    ask,
    close,
    stop,
    /** Ends it in the midst of whatever it does; and starts it again where it was. */
    kill: () => running.kill(),
    async again() {
      const at = (url) => new URL(url).host;
      running = await program(/^Next:/m, env, "--listen", at(api), "--delivery", at(address("delivery")), "--no-demo", "--data", data);
    },
    /** Delivers what is in the folder, with nothing else running; gives the address and a way to end it. */
    async deliver() {
      const { address, stop } = await program(/^ *delivery /m, {}, "deliver", "--data", data, "--delivery", "127.0.0.1:0");
      return { url: address("delivery"), stop };
    },
    /** Makes a project of `{ page: { key: kind } }`. */
    async project(name, source, locales, pages) {
      await ask("POST", "", { project: name, name, source });
      for (const [locale, fallback] of Object.entries(locales)) await ask("PUT", `/${name}/locales/${locale}`, { fallback });
      for (const [page, entries] of Object.entries(pages)) {
        await ask("PUT", `/${name}/pages/${page}`, {});
        const list = Object.entries(entries).map(([key, kind]) => ({ key, kind }));
        await ask("PATCH", `/${name}/pages/${page}/entries`, { entries: list });
      }
    },
    /** Saves values whatever was there, and publishes them. */
    async publish(name, locale, page, values) {
      const { items } = await ask("GET", `/${name}/drafts/${locale}/${page}`);
      const version = (key) => items.find((item) => item.key == key)?.version ?? 0;
      const drafts = Object.entries(values).map(([key, value]) => ({ key, value, version: version(key) }));
      await ask("PATCH", `/${name}/drafts/${locale}/${page}`, { drafts });
      const request = await ask("POST", `/${name}/releases`, {}, { prefer: "wait=20" });
      const live = async (path) => (await fetch(`${address("delivery")}/${name}/${path}`)).text();
      const number = (text) => Number(/"release":(\d+)/.exec(text)?.[1]);
      await until(`release ${request.release} in site.js`, async () => number(await live("site.js")) >= number(await live("live.json")));
      return request;
    },
  };
};
