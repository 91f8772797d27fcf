// The API's shapes by the names that the studio uses.

import type { components } from "./types.gen.js";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Project = Schemas["Project"];
export type Usage = Schemas["Usage"];
export type Locale = Schemas["LocaleBody"];
export type Page = Schemas["PageBody"];
export type Entry = Schemas["EntryBody"];
export type Draft = Schemas["Draft"];
export type Finding = Schemas["Finding"];
export type Preview = Schemas["Preview"];
export type Revision = Schemas["Revision"];
export type Change = Schemas["ChangedEntry"];
export type Changes = Schemas["Changes"];
export type Checks = Schemas["Checks"];
export type ToLookAt = Schemas["EntryToLookAt"];
export type Release = Schemas["Release"];
export type Request = Schemas["Request"];
export type Difference = Schemas["Difference"];
export type Found = Schemas["Found"];
export type FoundEntry = Schemas["FoundEntry"];
export type Grant = Schemas["Grant"];
export type Member = Schemas["Member"];
export type Invitation = Schemas["Invitation"];
export type FreshInvitation = Schemas["FreshInvitation"];
export type Token = Schemas["Token"];
export type FreshToken = Schemas["FreshToken"];
export type Hook = Schemas["Hook"];
export type FreshHook = Schemas["FreshHook"];
export type HookMessage = Schemas["Message"];
export type Event = Schemas["Event"];
export type Drafts = Schemas["Drafts"];
export type Log = Schemas["Log"];
export type Renamed = Schemas["Renamed"];
export type Other = Schemas["Other"];
export type PreviewLink = Schemas["PreviewLink"];
export type SiteCheck = Schemas["SiteCheck"];
export type FileContents = Schemas["FileContents"];
export type WrittenFile = Schemas["WrittenFile"];

export { ask, isReachable, read, readAll } from "./client.js";
export { Problem, Refused, Unreachable } from "./problem.js";
