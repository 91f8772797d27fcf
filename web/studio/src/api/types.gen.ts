// Made of openapi.json by `cargo xtask generate`.

export interface paths {
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the caller is, and whether they may create projects. */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts every open invitation of the caller's verified address. Where access tokens carry none, as
         *     Cognito's, the ID token shows it.
         */
        post: operations["accept_invitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The projects that the caller belongs to. */
        get: operations["list_projects"];
        put?: never;
        /** Creates a project with its source locale. */
        post: operations["create_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project. */
        get: operations["get_project"];
        put?: never;
        post?: never;
        /** Deletes a project. What it delivered stays, and its slug is never used again. */
        delete: operations["delete_project"];
        options?: never;
        head?: never;
        /** Changes a project's name or settings. Its slug and source locale stay. */
        patch: operations["patch_project"];
        trace?: never;
    };
    "/v1/projects/{project}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is saved and not live. */
        get: operations["list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is to be said of a project, a page or a locale before it is published, and how
         *     far translations have come.
         */
        get: operations["list_checks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/drafts/{locale}/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The drafts of a page in a locale. */
        get: operations["list_drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Saves many drafts at once, each standing on its own version. Each stands for itself: what lost
         *     changes nothing and is reported with both texts.
         */
        patch: operations["patch_drafts"];
        trace?: never;
    };
    "/v1/projects/{project}/drafts/{locale}/{page}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One draft, with its version as entity tag. */
        get: operations["get_draft"];
        /**
         * Saves a draft, and says what its editor should know of it. Needs `If-Match: "version"`, or `If-None-Match: *` for one that does not exist
         *     yet. A save that lost is answered with both texts and changes nothing. Repeating a save with the
         *     same `Idempotency-Key` is safe.
         */
        put: operations["save_draft"];
        post?: never;
        /** Empties a draft. Needs `If-Match: "version"`. Its history stays. */
        delete: operations["delete_draft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/drafts/{locale}/{page}/{key}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every value ever saved here, newest first: also under the names that its entry had before, and from before its page,
         *     entry or locale was removed and came back.
         */
        get: operations["list_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/drafts/{locale}/{page}/{key}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compiles and checks a text without saving it. What would not be saved is answered as a save of it is. */
        post: operations["preview_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/drafts/{locale}/{page}/{key}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Saves an earlier value again. Like any save it says what it stands on. */
        post: operations["restore_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads a file of copy and saves nothing: what is in it is saved as all copy is. */
        post: operations["read_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/files/{locale}/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Writes a page in a locale as a file. */
        get: operations["write_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/hooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The webhooks of a project. */
        get: operations["list_hooks"];
        put?: never;
        /** Adds a webhook. Its secret is in this answer and nowhere else; its first message is a ping. */
        post: operations["create_hook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/hooks/{hook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a webhook. One that was stopped begins anew. */
        put: operations["put_hook"];
        post?: never;
        /** Removes a webhook. What was not delivered never will be. */
        delete: operations["delete_hook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/hooks/{hook}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The messages of the last 30 days to a webhook, newest first, with every try. */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/hooks/{hook}/deliveries/{delivery}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a message once more, with the same id. */
        post: operations["replay_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/hooks/{hook}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replaces a webhook's secret. For a day messages carry the signatures of both. */
        post: operations["rotate_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The invitations that were not accepted or taken back. */
        get: operations["list_invitations"];
        put?: never;
        /** Invites somebody by their address. No mail is sent: tell them where to sign in. */
        post: operations["create_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/invitations/{invitation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes an invitation back. */
        delete: operations["end_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leaves a project. Its last admin cannot. */
        post: operations["leave_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/locales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The locales of a project. */
        get: operations["list_locales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/locales/{locale}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds a locale or changes it. */
        put: operations["put_locale"];
        post?: never;
        /** Removes a locale and its drafts. Their history stays. */
        delete: operations["delete_locale"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The project's events: oldest first `after` one that is known (repeat with `next` until it equals
         *     `tip`, later for what came since), or newest first `before` one (repeat until `next` is 1). With a
         *     filter a page can be empty before the end.
         */
        get: operations["list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members of a project. */
        get: operations["list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/members/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes what a member may do. People become members by invitation. A project keeps one admin. */
        put: operations["put_member"];
        post?: never;
        /** Removes a member, at once in this process and within seconds in others. A project keeps one admin. */
        delete: operations["remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pages of a project. */
        get: operations["list_pages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/pages/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page. */
        get: operations["get_page"];
        /** Adds a page or changes it. */
        put: operations["put_page"];
        post?: never;
        /** Removes a page with its entries and drafts. Their history stays. */
        delete: operations["delete_page"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/pages/{page}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The entries of a page. */
        get: operations["list_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Adds or changes many entries at once. Each stands for itself. */
        patch: operations["patch_entries"];
        trace?: never;
    };
    "/v1/projects/{project}/pages/{page}/entries/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds an entry or changes it. */
        put: operations["put_entry"];
        post?: never;
        /** Removes an entry with its drafts. Their history stays. */
        delete: operations["delete_entry"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/pages/{page}/entries/{key}/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives an entry another key, or another page. Sites show it once its new key is in their pages and it is published. */
        post: operations["rename_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/pages/{page}/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says which pages a visitor of this one is likely to see next, so that the site script can fetch them in advance. */
        put: operations["put_next"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/pages/{page}/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a page another name, with all its entries. */
        post: operations["rename_page"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says where the caller is, for a minute, and hears where others are. */
        put: operations["put_presence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which locales and pages can be previewed. */
        get: operations["get_previews"];
        put?: never;
        /** Makes a link. It reads what is written, as it would be published, and nothing else. */
        post: operations["create_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/previews/{locale}/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page as it would be delivered if everything were published now: a page file (`docs/delivered.md`). */
        get: operations["get_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/previews/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a link, whoever made it. */
        delete: operations["end_preview"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The releases, newest first. */
        get: operations["list_releases"];
        put?: never;
        /**
         * Asks for a release: everything saved up to `seq` (or up to now), in the scope. Answers at once
         *     with the request; `Prefer: wait=10` waits for it to end. The same `Idempotency-Key` is the same
         *     request.
         */
        post: operations["publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/releases/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked, newest first. */
        get: operations["list_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/releases/requests/{request}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request. `Prefer: wait=10` waits up to so many seconds for it to end. */
        get: operations["get_request"];
        put?: never;
        post?: never;
        /** Cancels a request that has not begun. */
        delete: operations["cancel_request"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/releases/{release}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One release: its state, how far it has come, what it changed. */
        get: operations["get_release"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/releases/{release}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for a release to be live again: rolls back or forward. */
        post: operations["activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/releases/{release}/diff/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What differs between two releases, by page, locale and key. The fallback is resolved: this is
         *     what sites show.
         */
        get: operations["diff_releases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finds entries. What is looked for may be in any language: it is found wherever it stands in a text. Replacing is
         *     saving: each item says its version.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/site-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks whether a page of the project's site has the site script. */
        post: operations["check_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The API tokens of a project. */
        get: operations["list_tokens"];
        put?: never;
        /** Makes an API token. Its secret is in this answer and nowhere else. */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Makes an API token worthless, at once in this process and within seconds in others. */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the project has and used, this month and the one before, with its quotas. */
        get: operations["get_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a session with the code of a link, or one for another window. */
        post: operations["begin_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a code that signs the caller in once more, in another window: where a site is edited in place. It works once,
         *     for two minutes. Of somebody who signed in at an issuer, the other window has the same access token for as long as it is
         *     good.
         */
        post: operations["create_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a session. */
        post: operations["end_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/issuers/{issuer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes the code of an issuer into tokens. They are the issuer's own. */
        post: operations["begin_issued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/issuers/{issuer}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a sign-in at an issuer, where the issuer can: its refresh token is no longer good. */
        post: operations["end_issued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/issuers/{issuer}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Continues a sign-in at an issuer: its own next tokens for its own refresh token. */
        post: operations["refresh_issued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Continues a session: new tokens for the newest refresh token. One that was used before ends the session. */
        post: operations["refresh_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How people sign in here. */
        get: operations["get_sign_in"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a link that signs the owner in, or somebody with this address. It works once, for ten minutes. */
        post: operations["create_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Who did something, by what they were recognised, and in which request. */
        Actor: {
            /** @description By what they were recognised. */
            credential: components["schemas"]["Credential"];
            /** @description The name that people see. */
            name: string;
            /** @description The request, as the server's own log and the answer's `x-request-id` name it. */
            request: string;
            /** @description The person, or the token's id. */
            subject: string;
        };
        /**
         * @description How the plain aliases lay out dotted keys.
         * @enum {string}
         */
        AliasLayout: "flat" | "nested";
        /** @description One change of a project. */
        Change: {
            /** @enum {string} */
            kind: "project-created";
            /** @description The name that people see. */
            name: string;
            /** @description The locale in which copy is first written. */
            source: components["schemas"]["Locale"];
        } | {
            /** @enum {string} */
            kind: "project-renamed";
            /** @description The name that people see. */
            name: string;
        } | {
            alias?: components["schemas"]["AliasLayout"] | null;
            /** @description Kinds of findings that stop a publish from now on. */
            blocking?: components["schemas"]["Code"][] | null;
            /** @enum {string} */
            kind: "settings-changed";
            /** @description The name that people see from now on. */
            name?: string | null;
            /** @description Sites from whose pages the API may be used from now on. */
            origins?: components["schemas"]["Origin"][] | null;
        } | {
            /** @enum {string} */
            kind: "project-deleted";
        } | {
            /** @description What is known of it from now on. */
            info: components["schemas"]["LocaleInfo"];
            /** @enum {string} */
            kind: "locale-put";
            /** @description Which. */
            locale: components["schemas"]["Locale"];
        } | {
            /** @enum {string} */
            kind: "locale-deleted";
            /** @description Which. */
            locale: components["schemas"]["Locale"];
        } | {
            /** @description What is known of it from now on. */
            info: components["schemas"]["PageInfo"];
            /** @enum {string} */
            kind: "page-put";
            /** @description Which. */
            page: components["schemas"]["PageId"];
        } | {
            /** @enum {string} */
            kind: "next-set";
            /** @description The pages, the likeliest first. */
            next: components["schemas"]["PageId"][];
            /** @description After which. */
            page: components["schemas"]["PageId"];
        } | {
            /** @enum {string} */
            kind: "page-deleted";
            /** @description Which. */
            page: components["schemas"]["PageId"];
        } | {
            /** @description What is known of it from now on. */
            info: components["schemas"]["EntryInfo"];
            /** @description Which. */
            key: components["schemas"]["EntryKey"];
            /** @enum {string} */
            kind: "entry-put";
            /** @description On which page. */
            page: components["schemas"]["PageId"];
        } | {
            /** @description Which. */
            key: components["schemas"]["EntryKey"];
            /** @enum {string} */
            kind: "entry-deleted";
            /** @description On which page. */
            page: components["schemas"]["PageId"];
        } | (components["schemas"]["DraftId"] & {
            restored_from?: components["schemas"]["Seq"] | null;
            /** @description The value. It was checked before it entered the log. */
            value: components["schemas"]["Pattern"];
        } & {
            /** @enum {string} */
            kind: "draft-saved";
        }) | (components["schemas"]["DraftId"] & {
            /** @enum {string} */
            kind: "draft-deleted";
        }) | {
            /** @description What is known of them. */
            info: components["schemas"]["MemberInfo"];
            /** @enum {string} */
            kind: "member-put";
            /** @description Who. */
            subject: components["schemas"]["Subject"];
        } | {
            /** @enum {string} */
            kind: "member-removed";
            /** @description Who. */
            subject: components["schemas"]["Subject"];
        } | {
            /** @description What is known of it. */
            info: components["schemas"]["InvitationInfo"];
            /** @description Which invitation. */
            invitation: components["schemas"]["InvitationId"];
            /** @enum {string} */
            kind: "invitation-created";
        } | {
            /** @description Which. */
            invitation: components["schemas"]["InvitationId"];
            /** @enum {string} */
            kind: "invitation-ended";
        } | {
            /** @description What is known of it. */
            info: components["schemas"]["TokenInfo"];
            /** @enum {string} */
            kind: "token-created";
            /** @description Which. */
            token: components["schemas"]["TokenId"];
        } | {
            /** @enum {string} */
            kind: "token-revoked";
            /** @description Which. */
            token: components["schemas"]["TokenId"];
        } | {
            /** @description Which. */
            hook: components["schemas"]["HookId"];
            /** @description What is known of it. */
            info: components["schemas"]["HookInfo"];
            /** @enum {string} */
            kind: "hook-put";
        } | {
            /** @description Which. */
            hook: components["schemas"]["HookId"];
            /** @enum {string} */
            kind: "hook-removed";
        } | {
            /** @enum {string} */
            kind: "publish-requested";
            /** @description What is wanted. */
            order: components["schemas"]["ReleaseOrder"];
        } | {
            /** @enum {string} */
            kind: "activate-requested";
            /** @description Which. */
            release: components["schemas"]["ReleaseNumber"];
        } | {
            /** @enum {string} */
            kind: "request-cancelled";
            /** @description Which. */
            request: components["schemas"]["Seq"];
        };
        ChangeCounts: {
            locales: {
                [key: string]: number;
            };
            pages: {
                [key: string]: number;
            };
            total: number;
        };
        /** @description One entry whose draft is not what sites show. */
        ChangedEntry: {
            draft?: components["schemas"]["Pattern"] | null;
            key: components["schemas"]["EntryKey"];
            live?: components["schemas"]["Pattern"] | null;
            locale: components["schemas"]["Locale"];
            page: components["schemas"]["PageId"];
            version?: components["schemas"]["Seq"] | null;
        };
        Changes: {
            /** @description How many there are. */
            counts: components["schemas"]["ChangeCounts"];
            /** @description The changes, by locale, page and key. */
            items: components["schemas"]["ChangedEntry"][];
            live?: components["schemas"]["ReleaseNumber"] | null;
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
            /** @description The newest event that was looked at: publish with this `seq` to get exactly these changes. */
            seq: components["schemas"]["Seq"];
        };
        Checks: {
            /** @description Findings, by locale. */
            counts: {
                [key: string]: components["schemas"]["FindingCounts"];
            };
            /** @description The entries that are not done, by locale, page and key. */
            items: components["schemas"]["EntryToLookAt"][];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
            /** @description How far each locale has come. */
            progress: {
                [key: string]: components["schemas"]["LocaleProgress"];
            };
            /** @description The newest event that was looked at. */
            seq: components["schemas"]["Seq"];
        };
        /**
         * @description A kind of finding.
         * @enum {string}
         */
        Code: "syntax" | "limit" | "placeable-in-tag" | "unknown-function" | "function-argument" | "missing-reference" | "reference-cycle" | "reference-depth" | "term-argument" | "missing-variable" | "new-variable" | "missing-slot" | "new-slot" | "repeated-slot" | "markup-differs" | "markup-removed" | "link-removed" | "markup-unbalanced" | "markup-in-text" | "too-long" | "blank-edge" | "empty" | "untranslated" | "plural-unused" | "plural-missing";
        /**
         * @description By what somebody was recognised.
         * @enum {string}
         */
        Credential: "owner" | "session" | "identity" | "token";
        /** @description A message to a webhook, and what became of it. */
        Delivery: {
            /** @description When it happened. */
            at: components["schemas"]["Timestamp"];
            /** @description What is sent, as JSON text. */
            body: string;
            /** @description The same at every try, so that the receiver can tell a repetition. */
            id: string;
            /** @description How far it has come. */
            state: components["schemas"]["DeliveryState"];
            /** @description What it is about. */
            topic: components["schemas"]["Topic"];
            /** @description The newest tries, oldest first. */
            tries?: components["schemas"]["Try"][];
        };
        /**
         * @description How far a message to a webhook has come.
         * @enum {string}
         */
        DeliveryState: "waiting" | "delivered" | "failed";
        /** @description One entry that two releases show differently. */
        Difference: {
            /** @description In the first release, with all references filled in; null when it is not there. */
            from?: string | null;
            key: components["schemas"]["EntryKey"];
            locale: components["schemas"]["Locale"];
            page: components["schemas"]["PageId"];
            /** @description In the second. */
            to?: string | null;
        };
        /** @description A draft. */
        Draft: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description Who saved it. */
            by: components["schemas"]["Actor"];
            /** @description What its editor should know of it; said when it is saved. */
            findings?: components["schemas"]["Finding"][];
            /** @description Its entry. */
            key: components["schemas"]["EntryKey"];
            value?: components["schemas"]["Pattern"] | null;
            /** @description Its version: what `If-Match` names. */
            version: components["schemas"]["Seq"];
        };
        /** @description Where a draft lives. */
        DraftId: {
            /** @description The entry. */
            key: components["schemas"]["EntryKey"];
            /** @description The locale. */
            locale: components["schemas"]["Locale"];
            /** @description The page. */
            page: components["schemas"]["PageId"];
        };
        DraftResult: {
            /** @description What its editor should know of it. */
            findings?: components["schemas"]["Finding"][];
            key: components["schemas"]["EntryKey"];
            problem?: components["schemas"]["Problem"] | null;
            version?: components["schemas"]["Seq"] | null;
        };
        /** @description A part of a page's drafts. */
        Drafts: {
            /** @description The drafts. */
            items: components["schemas"]["Draft"][];
            /** @description The cursor of the next part; null on the last one. */
            next?: string | null;
            /** @description Everything up to this event was seen: what is saved later comes by `GET …/log?after=` it. */
            seq: components["schemas"]["Seq"];
        };
        DraftsPatch: {
            /** @description Whether to say what editors should know of the values; `GET …/checks` says it later. */
            check?: boolean;
            /** @description Drafts to save, at most 1000, each key once. */
            drafts: components["schemas"]["NewDraft"][];
        };
        DraftsResult: {
            /** @description One for each draft of the request, in its order. */
            results: components["schemas"]["DraftResult"][];
        };
        /** @example ada@example.com */
        Email: string;
        EntriesPatch: {
            /** @description Entries to add or change, at most 1000. */
            entries: components["schemas"]["NewEntry"][];
        };
        EntriesResult: {
            /** @description One for each entry of the request, in its order. */
            results: components["schemas"]["EntryResult"][];
        };
        /** @description Where an entry is. */
        EntryAt: {
            /** @description Its key. */
            key: components["schemas"]["EntryKey"];
            /** @description Its page. */
            page: components["schemas"]["PageId"];
        };
        /** @description An entry of a page. */
        EntryBody: components["schemas"]["EntryInfo"] & {
            /** @description Its key. */
            key: components["schemas"]["EntryKey"];
            /** @description The event that changed it last. */
            seq: components["schemas"]["Seq"];
        };
        /** @description What is known of an entry. */
        EntryInfo: {
            /** @description What it may hold. */
            kind?: components["schemas"]["Kind"];
            /**
             * Format: uint32
             * @description The most characters a value should have.
             */
            max_length?: number | null;
            /** @description A note for translators. */
            note?: string;
            was?: components["schemas"]["EntryAt"] | null;
        };
        /** @example hero-title */
        EntryKey: string;
        /** @description Where an entry shall be. */
        EntryName: {
            /** @description Its key from now on. */
            key: components["schemas"]["EntryKey"];
            page?: components["schemas"]["PageId"] | null;
        };
        EntryResult: {
            key: components["schemas"]["EntryKey"];
            problem?: components["schemas"]["Problem"] | null;
            seq?: components["schemas"]["Seq"] | null;
        };
        /**
         * @description How far an entry has come in a locale.
         * @enum {string}
         */
        EntryState: "missing" | "outdated" | "findings" | "done";
        /** @description An entry that somebody should look at. */
        EntryToLookAt: components["schemas"]["DraftId"] & {
            findings: components["schemas"]["Finding"][];
            state: components["schemas"]["EntryState"];
            version?: components["schemas"]["Seq"] | null;
        };
        /** @description One change of a project as the log keeps it, for ever. */
        Event: {
            /** @description When it was committed. */
            at: components["schemas"]["Timestamp"];
            /** @description Who did it. */
            by: components["schemas"]["Actor"];
            /** @description What happened. */
            change: components["schemas"]["Change"];
            /** @description The event before this one that concerned the same thing; 0 for its first. */
            prev: components["schemas"]["Seq"];
            /** @description What the client called this save, so that its retry is recognised. */
            save_id: string;
            /** @description Its place in the log. */
            seq: components["schemas"]["Seq"];
        };
        /** @description What is in a file. */
        FileContents: {
            /** @description What is taken, but not as it is. */
            changed: components["schemas"]["FileRemark"][];
            locale?: components["schemas"]["Locale"] | null;
            /** @description Its texts, in the file's order. */
            messages: components["schemas"]["FileMessage"][];
            page?: components["schemas"]["PageId"] | null;
            /** @description What cannot be taken. */
            skipped: components["schemas"]["FileRemark"][];
            source?: components["schemas"]["Locale"] | null;
            /** @description Source texts beside translations, where the file is no export of ours: for entries that have none yet. */
            sources: components["schemas"]["FileMessage"][];
        };
        /**
         * @description A format.
         * @enum {string}
         */
        FileFormat: "ftl" | "i18next" | "i18next-nested" | "xliff" | "xliff2" | "po" | "csv";
        FileMessage: {
            /** @description The file says that somebody still has to look at it. */
            fuzzy: boolean;
            key: components["schemas"]["EntryKey"];
            /** @description What it may hold, as the file says it or its text shows. */
            kind: components["schemas"]["Kind"];
            /** @description What the file says about it. */
            note: string;
            source_version?: components["schemas"]["Seq"] | null;
            /** @description The source of a Fluent pattern. */
            value: components["schemas"]["Pattern"];
            version?: components["schemas"]["Seq"] | null;
        };
        FileRemark: {
            /** @description The line, counted from 1; 0 where there are none. */
            line: number;
            /** @description Why. */
            reason: string;
        };
        /** @description Something about a value that its editor should know. */
        Finding: {
            /** @description What kind of thing it is. */
            code: components["schemas"]["Code"];
            /** @description Column in that line, in characters from 1. */
            column?: number | null;
            /** @description Line in the value, from 1; absent when the whole value is meant. */
            line?: number | null;
            /** @description A sentence for its editor. */
            message: string;
            /** @description Whether it stops a save. */
            severity: components["schemas"]["Severity"];
        };
        FindingCounts: {
            /** @description By kind. */
            codes: {
                [key: string]: number;
            };
            errors: number;
            warnings: number;
        };
        Found: {
            /** @description The entries, by locale, page and key. */
            items: components["schemas"]["FoundEntry"][];
            /** @description How many there are in each locale. */
            locales: {
                [key: string]: number;
            };
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
            /** @description The newest event that was looked at. */
            seq: components["schemas"]["Seq"];
            /** @description How many there are. */
            total: number;
        };
        /** @description An entry that was found. */
        FoundEntry: {
            at?: components["schemas"]["Timestamp"] | null;
            by?: components["schemas"]["Actor"] | null;
            key: components["schemas"]["EntryKey"];
            locale: components["schemas"]["Locale"];
            page: components["schemas"]["PageId"];
            source?: components["schemas"]["Pattern"] | null;
            value?: components["schemas"]["Pattern"] | null;
            version?: components["schemas"]["Seq"] | null;
        };
        /** @description A webhook with its secret, which is shown this once. */
        FreshHook: components["schemas"]["Hook"] & {
            /** @description What messages are signed with (Standard Webhooks): `whsec_…`. */
            secret: string;
        };
        /** @description An invitation, and where to send whom it is for. */
        FreshInvitation: components["schemas"]["Invitation"] & {
            /**
             * @description Where they sign in, below the address of the API. Where the owner invites and people sign in by our own
             *     links, it is one: it works once, for ten minutes.
             */
            path: string;
        };
        /** @description A secret, which is shown this once. */
        FreshSecret: {
            /** @description Until when they carry the signature of the secret before, too. */
            before_until: components["schemas"]["Timestamp"];
            /** @description What messages are signed with from now on. */
            secret: string;
        };
        /** @description An API token with its secret, which is shown this once. */
        FreshToken: components["schemas"]["Token"] & {
            /** @description What requests carry: `Authorization: Bearer cpd_…`. It is kept nowhere. */
            secret: string;
        };
        /** @description A file that somebody has. */
        GivenFile: {
            /** @description Its format. */
            format: components["schemas"]["FileFormat"];
            /**
             * @description Its name with the folders it lies in, such as `de/shop/cart.po`: they say locale and page where the file itself
             *     does not.
             */
            name?: string;
            /** @description What is in it. At most 8 MiB. */
            text: string;
        };
        /** @description A role, for all locales or for some. */
        Grant: {
            /** @description Only these locales, for editors and publishers; all when absent. */
            locales?: components["schemas"]["Locale"][] | null;
            /** @description The role. */
            role: components["schemas"]["Role"];
        };
        /** @description Where somebody is. */
        Here: {
            /** @description The locale that is written in. */
            locale: components["schemas"]["Locale"];
            page?: components["schemas"]["PageId"] | null;
            /** @description A name that the client gives its window: letters and digits, at most 32. */
            window: string;
        };
        /** @description A webhook. */
        Hook: components["schemas"]["HookInfo"] & {
            /** @description Which. */
            hook: components["schemas"]["HookId"];
            /** @description The event that changed it last. */
            seq: components["schemas"]["Seq"];
            /** @description Why nothing is sent any more; saving it again begins anew. */
            stopped?: string | null;
        };
        /** @example k3v9x0q2m7t4 */
        HookId: string;
        /** @description What is known of a webhook; its secret is kept apart. */
        HookInfo: {
            /** @description Whether it is told anything at the moment. */
            enabled: boolean;
            /** @description What it is told; everything when absent. */
            topics?: components["schemas"]["Topic"][] | null;
            /** @description Where messages go. */
            url: string;
        };
        /** @description How people sign in here. */
        HowToSignIn: {
            /** @description Otherwise at one of these. */
            issuers: components["schemas"]["Issuer"][];
            /** @description Whether by links that the owner hands out. */
            links: boolean;
        };
        /** @description What was used in a month of the calendar, UTC. */
        InMonth: {
            /** @description The length of the texts that were saved, in bytes. */
            bytes: components["schemas"]["Measure"];
            /**
             * @description The month.
             * @example 2026-11
             */
            month: string;
            /** @description Releases that were asked for. */
            releases: components["schemas"]["Measure"];
            /** @description Texts, entries, pages and locales that were saved. */
            saves: components["schemas"]["Measure"];
        };
        /** @description An invitation to a project. */
        Invitation: components["schemas"]["InvitationInfo"] & {
            /** @description Which. */
            invitation: components["schemas"]["InvitationId"];
            /** @description The event that made it. */
            seq: components["schemas"]["Seq"];
        };
        /** @example k3v9x0q2m7t4 */
        InvitationId: string;
        /** @description A membership for whoever signs in first with this verified address. */
        InvitationInfo: components["schemas"]["Grant"] & {
            /** @description The address. */
            email: components["schemas"]["Email"];
            /** @description Until when. */
            expires: components["schemas"]["Timestamp"];
        };
        /** @description Where people can sign in. */
        Issuer: {
            /**
             * @description Where a browser is sent to sign in, with what has to be asked for besides `state` and the challenge of PKCE; null
             *     where the issuer does not answer.
             */
            authorize?: string | null;
            /** @description The client ids that are accepted. */
            clients: string[];
            /** @description Its address: where OpenID Connect discovery begins. */
            issuer: string;
            /** @description Its name here. */
            name: string;
        };
        /** @description What a browser came back with from an issuer. */
        IssuerCode: {
            /** @description The code. */
            code: string;
            /** @description The address that it came back to. */
            redirect: string;
            /** @description The word behind the challenge (PKCE). */
            verifier: string;
        };
        /** @description What was joined. */
        Joined: {
            /** @description The projects. */
            projects: components["schemas"]["ProjectId"][];
        };
        /**
         * @description What an entry may hold.
         * @enum {string}
         */
        Kind: "text" | "html";
        /** @description A link that signs in once. */
        Link: {
            /** @description What `POST /v1/sessions` takes. */
            code: string;
            /** @description Until when it can be used. */
            expires: components["schemas"]["Timestamp"];
            /** @description The same as a page to open, below the address of the API. */
            path: string;
        };
        LinkCode: {
            /** @description The code of a link, or one for another window. */
            code: string;
        };
        /** @example pt-BR */
        Locale: string;
        /** @description A locale of a project. */
        LocaleBody: {
            /** @description Where missing copy is taken from, in order; the source locale follows by itself. */
            fallback: components["schemas"]["Locale"][];
            /** @description Its tag in canonical case. */
            locale: components["schemas"]["Locale"];
            /** @description The name that people see. */
            name: string;
            /** @description The event that changed it last. */
            seq: components["schemas"]["Seq"];
            /** @description Whether it is the source locale. */
            source: boolean;
        };
        /** @description What is known of a locale. */
        LocaleInfo: {
            /**
             * @description Where copy is taken from when it is missing here, in order. The source locale ends every
             *     chain whether it is named or not.
             */
            fallback?: components["schemas"]["Locale"][];
            /** @description The name that people see. */
            name: string;
        };
        LocaleProgress: components["schemas"]["Progress"] & {
            pages: {
                [key: string]: components["schemas"]["Progress"];
            };
        };
        Log: {
            /** @description The events that are wanted, in order. */
            items: components["schemas"]["Event"][];
            /** @description What to pass as `after` or `before` next time: everything up to there was looked at. */
            next: components["schemas"]["Seq"];
            /** @description The newest event there is. */
            tip: components["schemas"]["Seq"];
        };
        /** @description The caller. */
        Me: {
            /** @description By what they were recognised. */
            credential: components["schemas"]["Credential"];
            email?: components["schemas"]["Email"] | null;
            /** @description Whether they may create projects. */
            may_create: boolean;
            /** @description The name that people see. */
            name: string;
            /** @description How the log and the lists of members name them. */
            subject: components["schemas"]["Subject"];
        };
        /** @description A figure with its quota. */
        Measure: {
            /**
             * Format: int64
             * @description How much there may be; absent when there is no limit.
             */
            quota?: number | null;
            /**
             * Format: int64
             * @description How much there is.
             */
            used: number;
        };
        /** @description A member of a project. */
        Member: components["schemas"]["MemberInfo"] & {
            /** @description The event that changed this last. */
            seq: components["schemas"]["Seq"];
            /** @description Who. */
            subject: components["schemas"]["Subject"];
        };
        /** @description What is known of a member. */
        MemberInfo: components["schemas"]["Grant"] & {
            email?: components["schemas"]["Email"] | null;
            /** @description The name that people see. */
            name: string;
        };
        /** @description A message to a webhook. */
        Message: components["schemas"]["Delivery"] & {
            /** @description Its number: the event or request that it tells of. */
            delivery: components["schemas"]["Seq"];
            next?: components["schemas"]["Timestamp"] | null;
        };
        NewDraft: {
            /** @description Its entry. */
            key: components["schemas"]["EntryKey"];
            /** @description The source of a Fluent pattern; null empties the draft. */
            value?: string | null;
            /** @description The version that the save stands on; 0 for a draft that does not exist yet. */
            version: components["schemas"]["Seq"];
        };
        NewEntry: {
            /** @description Its key. */
            key: components["schemas"]["EntryKey"];
            /** @description What it may hold. */
            kind?: components["schemas"]["Kind"];
            /**
             * Format: uint32
             * @description The most characters a value should have.
             */
            max_length?: number | null;
            /** @description A note for translators. */
            note?: string;
        };
        NewEntryInfo: {
            /** @description What it may hold. */
            kind?: components["schemas"]["Kind"];
            /**
             * Format: uint32
             * @description The most characters a value should have.
             */
            max_length?: number | null;
            /** @description A note for translators. */
            note?: string;
        };
        /** @description What a member may do. */
        NewGrant: {
            /** @description Only these locales, for editors and publishers; all when absent. */
            locales?: components["schemas"]["Locale"][] | null;
            /** @description The role. */
            role: components["schemas"]["Role"];
        };
        /** @description What to tell whom. */
        NewHook: {
            /** @description Whether it is told anything at the moment. */
            enabled?: boolean;
            /** @description What it is told; everything when absent. */
            topics?: components["schemas"]["Topic"][] | null;
            /** @description Where messages go: an https address that can be reached from anywhere. */
            url: string;
        };
        /** @description Whom to invite. */
        NewInvitation: {
            /** @description Their address. Whoever signs in with it, verified, becomes a member. */
            email: components["schemas"]["Email"];
            expires?: components["schemas"]["Timestamp"] | null;
            /** @description Only these locales, for editors and publishers; all when absent. */
            locales?: components["schemas"]["Locale"][] | null;
            /** @description The role they will have. */
            role: components["schemas"]["Role"];
        };
        /** @description Whom a link signs in. */
        NewLink: {
            email?: components["schemas"]["Email"] | null;
            /** @description The name that people see; the address, or Owner, when absent. */
            name?: string | null;
        };
        NewLocale: {
            /** @description Where missing copy is taken from, in order; the source locale follows by itself. */
            fallback?: components["schemas"]["Locale"][];
            /** @description The name that people see; the tag when absent. */
            name?: string | null;
        };
        NewNext: {
            /** @description Other pages, the likeliest first. */
            next: components["schemas"]["PageId"][];
        };
        NewPage: {
            /** @description A note for translators. */
            note?: string;
        };
        /** @description What is wanted of a link. */
        NewPreview: {
            expires?: components["schemas"]["Timestamp"] | null;
            /** @description Whom it is for, as people see it. */
            name?: string;
        };
        NewProject: {
            /** @description The name that people see. */
            name: string;
            /** @description Its slug: never used twice. */
            project: components["schemas"]["ProjectId"];
            /** @description The locale in which copy is first written. */
            source: components["schemas"]["Locale"];
        };
        /** @description What to publish. A field that is not known is refused: a typo must not publish everything. */
        NewRelease: {
            /** @description Publish even when something newer than `seq` is already live in the scope. */
            force?: boolean;
            /** @description Only these locales; all when absent. */
            locales?: components["schemas"]["Locale"][] | null;
            /** @description Why, for people. */
            note?: string;
            /** @description Only these pages; all when absent. */
            pages?: components["schemas"]["PageId"][] | null;
            publish_at?: components["schemas"]["Timestamp"] | null;
            seq?: components["schemas"]["Seq"] | null;
        };
        /** @description What a token is for. */
        NewToken: {
            expires?: components["schemas"]["Timestamp"] | null;
            /** @description Only these locales, for editors and publishers; all when absent. */
            locales?: components["schemas"]["Locale"][] | null;
            /** @description What it is for, as people see it. */
            name: string;
            /** @description What it may do. */
            role: components["schemas"]["Role"];
        };
        NewValue: {
            /** @description The source of a Fluent pattern: plain words are already valid. At most 64 KiB. */
            value: string;
        };
        /** @example https://www.example.com */
        Origin: string;
        Other: {
            /** @description When they were last heard of. */
            at: components["schemas"]["Timestamp"];
            /** @description The locale that they write in. */
            locale: components["schemas"]["Locale"];
            /** @description The name that people see. */
            name: string;
            /** @description The page that they have open. */
            page: components["schemas"]["PageId"];
            /** @description Who. */
            subject: components["schemas"]["Subject"];
        };
        /** @description The others. */
        Others: {
            /** @description Where other people were within the last minute, at most 100, and windows of the same person not among them. */
            others: components["schemas"]["Other"][];
        };
        /** @description A page of a project. */
        PageBody: {
            /** @description Pages that a visitor is likely to see next, the likeliest first. */
            next: components["schemas"]["PageId"][];
            /** @description A note for translators. */
            note: string;
            /** @description Its name. */
            page: components["schemas"]["PageId"];
            /** @description The event that changed it last. */
            seq: components["schemas"]["Seq"];
        };
        /** @example pricing */
        PageId: string;
        /** @description What is known of a page. */
        PageInfo: {
            /** @description Pages that a visitor of this one is likely to see next, the likeliest first; `NextSet` alone changes them. */
            next?: components["schemas"]["PageId"][];
            /** @description A note for translators. */
            note?: string;
            was?: components["schemas"]["PageId"] | null;
        };
        /** @description What a page shall be called. */
        PageName: {
            /** @description Its name from now on. */
            page: components["schemas"]["PageId"];
        };
        /** @description A part of a list. */
        Page_Difference: {
            /** @description The items. */
            items: {
                /** @description In the first release, with all references filled in; null when it is not there. */
                from?: string | null;
                key: components["schemas"]["EntryKey"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
                /** @description In the second. */
                to?: string | null;
            }[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_EntryBody: {
            /** @description The items. */
            items: (components["schemas"]["EntryInfo"] & {
                /** @description Its key. */
                key: components["schemas"]["EntryKey"];
                /** @description The event that changed it last. */
                seq: components["schemas"]["Seq"];
            })[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Hook: {
            /** @description The items. */
            items: (components["schemas"]["HookInfo"] & {
                /** @description Which. */
                hook: components["schemas"]["HookId"];
                /** @description The event that changed it last. */
                seq: components["schemas"]["Seq"];
                /** @description Why nothing is sent any more; saving it again begins anew. */
                stopped?: string | null;
            })[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Invitation: {
            /** @description The items. */
            items: (components["schemas"]["InvitationInfo"] & {
                /** @description Which. */
                invitation: components["schemas"]["InvitationId"];
                /** @description The event that made it. */
                seq: components["schemas"]["Seq"];
            })[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_LocaleBody: {
            /** @description The items. */
            items: {
                /** @description Where missing copy is taken from, in order; the source locale follows by itself. */
                fallback: components["schemas"]["Locale"][];
                /** @description Its tag in canonical case. */
                locale: components["schemas"]["Locale"];
                /** @description The name that people see. */
                name: string;
                /** @description The event that changed it last. */
                seq: components["schemas"]["Seq"];
                /** @description Whether it is the source locale. */
                source: boolean;
            }[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Member: {
            /** @description The items. */
            items: (components["schemas"]["MemberInfo"] & {
                /** @description The event that changed this last. */
                seq: components["schemas"]["Seq"];
                /** @description Who. */
                subject: components["schemas"]["Subject"];
            })[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Message: {
            /** @description The items. */
            items: (components["schemas"]["Delivery"] & {
                /** @description Its number: the event or request that it tells of. */
                delivery: components["schemas"]["Seq"];
                next?: components["schemas"]["Timestamp"] | null;
            })[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_PageBody: {
            /** @description The items. */
            items: {
                /** @description Pages that a visitor is likely to see next, the likeliest first. */
                next: components["schemas"]["PageId"][];
                /** @description A note for translators. */
                note: string;
                /** @description Its name. */
                page: components["schemas"]["PageId"];
                /** @description The event that changed it last. */
                seq: components["schemas"]["Seq"];
            }[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Project: {
            /** @description The items. */
            items: {
                /** @description How the plain aliases are laid out. */
                alias: components["schemas"]["AliasLayout"];
                /** @description Kinds of findings that stop a publish while a changed page has one of them. */
                blocking: components["schemas"]["Code"][];
                live?: components["schemas"]["ReleaseNumber"] | null;
                /** @description The name that people see. */
                name: string;
                /** @description Sites whose pages may use the API. */
                origins: components["schemas"]["Origin"][];
                /** @description Its slug. */
                project: components["schemas"]["ProjectId"];
                /** @description The address of its site script: what pages include. */
                script: string;
                /** @description The event that changed this last. */
                seq: components["schemas"]["Seq"];
                source?: components["schemas"]["Locale"] | null;
            }[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Release: {
            /** @description The items. */
            items: (components["schemas"]["Scope"] & {
                /** @description The release that was live when building began; 0 for none. */
                base: components["schemas"]["ReleaseNumber"];
                /** @description Who asked. */
                by: components["schemas"]["Actor"];
                /**
                 * Format: int64
                 * @description Bytes of all files of the release.
                 */
                bytes: number;
                /** @description The point in the log that it shows, in its scope. */
                cut: components["schemas"]["Seq"];
                /** @description Why it failed. */
                error?: string | null;
                /**
                 * Format: int64
                 * @description Files whose bytes changed, removed ones too.
                 */
                files_changed: number;
                /**
                 * Format: int64
                 * @description Files examined so far.
                 */
                files_done: number;
                /**
                 * Format: int64
                 * @description Files to examine.
                 */
                files_total: number;
                finished_at?: components["schemas"]["Timestamp"] | null;
                /**
                 * Format: int64
                 * @description Entries, by locale, that have nothing to show: there sites keep their own words.
                 */
                left_out?: number;
                /** @description Why, for people. */
                note?: string;
                /** @description The publisher's version. */
                publisher: string;
                /** @description Its number. */
                release: components["schemas"]["ReleaseNumber"];
                /** @description What became of entries of the files that were built: the first [`REMARKS`] of them. */
                remarks?: components["schemas"]["Remark"][];
                /** @description The request it was built for. */
                request: components["schemas"]["Seq"];
                /**
                 * Format: int64
                 * @description Messages that the plain aliases cannot express and show in their default form.
                 */
                simplified?: number;
                /** @description When building began. */
                started_at: components["schemas"]["Timestamp"];
                /** @description How far it has come. */
                state: components["schemas"]["ReleaseState"];
                superseded_at?: components["schemas"]["Timestamp"] | null;
                /** @description The switch it takes. */
                switch: components["schemas"]["Switch"];
            })[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Request: {
            /** @description The items. */
            items: {
                /** @description When it was asked. */
                at: components["schemas"]["Timestamp"];
                /** @description Who asked. */
                by: components["schemas"]["Actor"];
                /** @description When it may begin. */
                due: components["schemas"]["Timestamp"];
                /** @description Why it failed. */
                error?: string | null;
                release?: components["schemas"]["ReleaseNumber"] | null;
                /** @description Its number. */
                request: components["schemas"]["Seq"];
                /** @description How far it has come. */
                state: components["schemas"]["RequestState"];
                switch?: components["schemas"]["Switch"] | null;
                /** @description What is wanted. */
                wanted: components["schemas"]["Wanted"];
            }[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Revision: {
            /** @description The items. */
            items: {
                /** @description When. */
                at: components["schemas"]["Timestamp"];
                /** @description Who saved it. */
                by: components["schemas"]["Actor"];
                restored_from?: components["schemas"]["Seq"] | null;
                value?: components["schemas"]["Pattern"] | null;
                /** @description Its version. */
                version: components["schemas"]["Seq"];
            }[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /** @description A part of a list. */
        Page_Token: {
            /** @description The items. */
            items: (components["schemas"]["TokenInfo"] & {
                at?: components["schemas"]["Timestamp"] | null;
                by?: components["schemas"]["Actor"] | null;
                /** @description The event that made it. */
                seq: components["schemas"]["Seq"];
                /** @description Its name in lists and logs. */
                token: components["schemas"]["TokenId"];
                used?: components["schemas"]["Timestamp"] | null;
            })[];
            /** @description The cursor of the next page; null on the last one. */
            next?: string | null;
        };
        /**
         * @description The source of a Fluent pattern, known to parse. Empty is allowed.
         * @example Hello, { $name }!
         */
        Pattern: string;
        /** @description A text as it would be delivered. */
        Preview: {
            /** @description What its editor should know of it. */
            findings: components["schemas"]["Finding"][];
            /**
             * @description The compiled message, as page files have it (`schema/README.md`); null where it cannot be formed, as when it
             *     refers to something that is not there.
             */
            message?: unknown;
            /** @description Its variables, those of what it refers to among them. */
            variables: components["schemas"]["Variable"][];
        };
        /** @description A link's secret, which is shown this once. */
        PreviewLink: {
            /** @description Until when. */
            expires: components["schemas"]["Timestamp"];
            /** @description What goes into the address of a page that has the site script: `#copydesk-preview=cpd_…`. It is kept nowhere. */
            secret: string;
            /** @description Its name in lists and logs: it ends as API tokens do. */
            token: components["schemas"]["TokenId"];
        };
        /** @description What can be previewed. */
        Previews: {
            expires?: components["schemas"]["Timestamp"] | null;
            /** @description All that there are, also those that were never published. */
            locales: components["schemas"]["Locale"][];
            /** @description All pages. */
            pages: components["schemas"]["PageId"][];
            /** @description The locale that copy is first written in. */
            source: components["schemas"]["Locale"];
        };
        /** @description An answer of type `application/problem+json` (RFC 9457). More members may follow, by type. */
        Problem: Record<string, never> & {
            /** @description What is wrong this time, and what would be right. */
            detail: string;
            /**
             * Format: int32
             * @description The status of the answer.
             */
            status: number;
            /** @description The kind in a few words. */
            title: string;
            /**
             * @description What kind of problem, a URI; documented in `docs/problems.md`.
             * @example urn:copydesk:problem:stale-version
             */
            type: string;
        };
        /** @description Entries by state: each is counted once, in the first state that holds. */
        Progress: {
            done: number;
            entries: number;
            findings: number;
            missing: number;
            outdated: number;
        };
        /** @description A project. */
        Project: {
            /** @description How the plain aliases are laid out. */
            alias: components["schemas"]["AliasLayout"];
            /** @description Kinds of findings that stop a publish while a changed page has one of them. */
            blocking: components["schemas"]["Code"][];
            live?: components["schemas"]["ReleaseNumber"] | null;
            /** @description The name that people see. */
            name: string;
            /** @description Sites whose pages may use the API. */
            origins: components["schemas"]["Origin"][];
            /** @description Its slug. */
            project: components["schemas"]["ProjectId"];
            /** @description The address of its site script: what pages include. */
            script: string;
            /** @description The event that changed this last. */
            seq: components["schemas"]["Seq"];
            source?: components["schemas"]["Locale"] | null;
        };
        /** @example acme */
        ProjectId: string;
        ProjectPatch: {
            alias?: components["schemas"]["AliasLayout"] | null;
            /** @description Kinds of findings that stop a publish while a changed page has one of them. */
            blocking?: components["schemas"]["Code"][] | null;
            /** @description The name that people see. */
            name?: string | null;
            /** @description Sites whose pages may use the API: scheme, host and port, matched exactly. */
            origins?: components["schemas"]["Origin"][] | null;
        };
        Proof: {
            /** @description An ID token of the same person, where the access token does not carry a verified address. */
            id_token?: string | null;
        };
        Refresh: {
            /** @description The newest refresh token of the session. */
            refresh_token: string;
        };
        /** @description One release of a project. */
        Release: components["schemas"]["Scope"] & {
            /** @description The release that was live when building began; 0 for none. */
            base: components["schemas"]["ReleaseNumber"];
            /** @description Who asked. */
            by: components["schemas"]["Actor"];
            /**
             * Format: int64
             * @description Bytes of all files of the release.
             */
            bytes: number;
            /** @description The point in the log that it shows, in its scope. */
            cut: components["schemas"]["Seq"];
            /** @description Why it failed. */
            error?: string | null;
            /**
             * Format: int64
             * @description Files whose bytes changed, removed ones too.
             */
            files_changed: number;
            /**
             * Format: int64
             * @description Files examined so far.
             */
            files_done: number;
            /**
             * Format: int64
             * @description Files to examine.
             */
            files_total: number;
            finished_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description Entries, by locale, that have nothing to show: there sites keep their own words.
             */
            left_out?: number;
            /** @description Why, for people. */
            note?: string;
            /** @description The publisher's version. */
            publisher: string;
            /** @description Its number. */
            release: components["schemas"]["ReleaseNumber"];
            /** @description What became of entries of the files that were built: the first [`REMARKS`] of them. */
            remarks?: components["schemas"]["Remark"][];
            /** @description The request it was built for. */
            request: components["schemas"]["Seq"];
            /**
             * Format: int64
             * @description Messages that the plain aliases cannot express and show in their default form.
             */
            simplified?: number;
            /** @description When building began. */
            started_at: components["schemas"]["Timestamp"];
            /** @description How far it has come. */
            state: components["schemas"]["ReleaseState"];
            superseded_at?: components["schemas"]["Timestamp"] | null;
            /** @description The switch it takes. */
            switch: components["schemas"]["Switch"];
        };
        /**
         * Format: uint64
         * @description A release of a project, from 1. A number whose release failed is not used again.
         */
        ReleaseNumber: number;
        /** @description An order to publish. */
        ReleaseOrder: components["schemas"]["Scope"] & {
            /** @description Publish even when something newer than `seq` is already live in the scope. */
            force?: boolean;
            /** @description Why, for people. */
            note?: string;
            publish_at?: components["schemas"]["Timestamp"] | null;
            seq?: components["schemas"]["Seq"] | null;
        };
        /**
         * @description How far a release has come.
         * @enum {string}
         */
        ReleaseState: "building" | "live" | "superseded" | "failed" | "pruned";
        /** @description Something that an admin should know of an entry in a release. */
        Remark: {
            /** @description Which entry. */
            key: components["schemas"]["EntryKey"];
            /** @description In which locale. */
            locale: components["schemas"]["Locale"];
            /** @description On which page. */
            page: components["schemas"]["PageId"];
            /** @description What it is. */
            reason: string;
        };
        /** @description What was renamed. */
        Renamed: {
            /** @description Texts that moved, in all locales. */
            moved: number;
            /** @description Entries whose texts refer to the name before, at most 100: these have to be written anew. */
            referring: components["schemas"]["DraftId"][];
        };
        /** @description Something asked of the publisher. Its number is the seq of the event that asked. */
        Request: {
            /** @description When it was asked. */
            at: components["schemas"]["Timestamp"];
            /** @description Who asked. */
            by: components["schemas"]["Actor"];
            /** @description When it may begin. */
            due: components["schemas"]["Timestamp"];
            /** @description Why it failed. */
            error?: string | null;
            release?: components["schemas"]["ReleaseNumber"] | null;
            /** @description Its number. */
            request: components["schemas"]["Seq"];
            /** @description How far it has come. */
            state: components["schemas"]["RequestState"];
            switch?: components["schemas"]["Switch"] | null;
            /** @description What is wanted. */
            wanted: components["schemas"]["Wanted"];
        };
        /**
         * @description How far a request has come.
         * @enum {string}
         */
        RequestState: "waiting" | "building" | "done" | "failed" | "cancelled";
        Restore: {
            /** @description The version to bring back. */
            version: components["schemas"]["Seq"];
        };
        /** @description One saved value. */
        Revision: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description Who saved it. */
            by: components["schemas"]["Actor"];
            restored_from?: components["schemas"]["Seq"] | null;
            value?: components["schemas"]["Pattern"] | null;
            /** @description Its version. */
            version: components["schemas"]["Seq"];
        };
        /**
         * @description What somebody may do. Each may do all that the one before may.
         * @enum {string}
         */
        Role: "viewer" | "editor" | "publisher" | "admin";
        /** @description Which files a publish covers; everything else stays as it is live. */
        Scope: {
            /** @description Only these locales; all when absent. */
            locales?: components["schemas"]["Locale"][] | null;
            /** @description Only these pages; all when absent. */
            pages?: components["schemas"]["PageId"][] | null;
        };
        /** @enum {string} */
        ScriptFound: "found" | "elsewhere" | "missing";
        /**
         * Format: uint64
         * @description The place of an event in a project's log, from 1 without gaps. Also a draft's version.
         */
        Seq: number;
        /**
         * @description Whether a finding stops a save.
         * @enum {string}
         */
        Severity: "error" | "warning";
        /** @description What was found in a page as it comes from its server; what scripts add to it later is not seen. */
        SiteCheck: {
            /** @description Whether it names its page (`data-copy-page`). */
            page: boolean;
            /** @description Whether it has the site script. */
            script: components["schemas"]["ScriptFound"];
            /** @description How many elements are tagged (`data-copy`). */
            tagged: number;
        };
        /** @description A page of a site. */
        SitePage: {
            /** @description Its address. Whoever is no admin may only ask for pages of the project's origins. */
            url: string;
        };
        /** @example google:110169484474386276334 */
        Subject: string;
        /**
         * Format: uint64
         * @description Counts every change of what is live. Mutable files are only replaced from a lower switch.
         */
        Switch: number;
        /** Format: date-time */
        Timestamp: string;
        /** @description An API token, without its secret. */
        Token: components["schemas"]["TokenInfo"] & {
            at?: components["schemas"]["Timestamp"] | null;
            by?: components["schemas"]["Actor"] | null;
            /** @description The event that made it. */
            seq: components["schemas"]["Seq"];
            /** @description Its name in lists and logs. */
            token: components["schemas"]["TokenId"];
            used?: components["schemas"]["Timestamp"] | null;
        };
        /** @example k3v9x0q2m7t4 */
        TokenId: string;
        /** @description What is known of an API token; its secret is not. */
        TokenInfo: components["schemas"]["Grant"] & {
            expires?: components["schemas"]["Timestamp"] | null;
            /** @description What it is for, as people see it. */
            name: string;
            /** @description Whether it is that of a preview link: it opens previews and nothing else. */
            preview?: boolean;
        };
        /** @description What continues a session, and what requests carry meanwhile. */
        Tokens: {
            /** @description For the header `Authorization`. */
            access_token: string;
            /**
             * Format: int64
             * @description Seconds for which the access token is good.
             */
            expires_in: number;
            /** @description Good once, for the next tokens. Used twice, it ends the session. Of an issuer: its own; empty where it gives none. */
            refresh_token: string;
            /** @description Always `Bearer`. */
            token_type: string;
        };
        /**
         * @description What a webhook can be told.
         * @enum {string}
         */
        Topic: "ping" | "release.live" | "release.failed" | "release.rolled-back" | "member.changed" | "member.removed";
        /** @description One try to deliver a message. */
        Try: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description Why there was none. */
            error?: string | null;
            /**
             * Format: int32
             * @description The answer's status, if there was one.
             */
            status?: number | null;
        };
        Unsaved: {
            /** @description The source of a Fluent pattern. At most 64 KiB. */
            value: string;
        };
        /** @description What a project has and used, and how much it may. */
        Usage: {
            /** @description The month before. */
            before: components["schemas"]["InMonth"];
            /** @description Entries that it has. */
            entries: components["schemas"]["Measure"];
            /** @description This month. */
            month: components["schemas"]["InMonth"];
            /** @description Pages that it has. */
            pages: components["schemas"]["Measure"];
        };
        Variable: {
            /** @description Its name. */
            name: string;
            /** @description What it may be. */
            takes: components["schemas"]["VariableTakes"];
        };
        /** @description What a variable may be. */
        VariableTakes: {
            /** @description A date. */
            date: boolean;
            /** @description A number. */
            number: boolean;
            /** @description Words. */
            text: boolean;
        };
        /** @description What a request wants. */
        Wanted: (components["schemas"]["ReleaseOrder"] & {
            /** @enum {string} */
            kind: "publish";
        }) | {
            /** @enum {string} */
            kind: "activate";
            /** @description Which. */
            release: components["schemas"]["ReleaseNumber"];
        };
        /** @description A code that signs the caller in once more. */
        WindowCode: {
            /** @description What `POST /v1/sessions` takes: ten letters and digits. */
            code: string;
            /** @description Until when it can be used. */
            expires: components["schemas"]["Timestamp"];
        };
        /** @description A page in a locale as a file. */
        WrittenFile: {
            /** @description As `Content-Type` says it. */
            media_type: string;
            /** @description How many texts are in it; 0 for a file that is not worth keeping. */
            messages: number;
            /** @description Its name with the folders that imports understand. */
            name: string;
            /** @description What could not be written. */
            skipped: components["schemas"]["FileRemark"][];
            /** @description What is in it. */
            text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proof"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Joined"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_projects: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Project"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_project: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProject"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_changes: {
        parameters: {
            query?: {
                /** @description Only this locale. */
                locale?: components["schemas"]["Locale"];
                /** @description Only this page. */
                page?: components["schemas"]["PageId"];
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changes"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_checks: {
        parameters: {
            query?: {
                /** @description Only this locale. */
                locale?: components["schemas"]["Locale"];
                /** @description Only this page. */
                page?: components["schemas"]["PageId"];
                /** @description Only entries with this kind of finding. */
                code?: components["schemas"]["Code"];
                /** @description Only entries in this state. */
                state?: components["schemas"]["EntryState"];
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checks"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_drafts: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drafts"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_drafts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftsPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftsResult"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_draft: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
                "If-None-Match"?: string | null;
                "Idempotency-Key"?: string | null;
            };
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewValue"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_draft: {
        parameters: {
            query?: never;
            header: {
                "If-Match": string;
            };
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_history: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Revision"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Unsaved"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_draft: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
                "If-None-Match"?: string | null;
            };
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restore"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenFile"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileContents"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write_file: {
        parameters: {
            query: {
                /** @description The format. XLIFF, PO and CSV hold translations beside their source: of the source locale there is none. */
                format: "ftl" | "i18next" | "i18next-nested" | "xliff" | "xliff2" | "po" | "csv";
                /** @description Whether only entries are wanted that are missing, outdated or have findings. */
                needs_work?: boolean;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenFile"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_hooks: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Hook"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_hook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHook"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreshHook"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_hook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                hook: components["schemas"]["HookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHook"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hook"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_hook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                hook: components["schemas"]["HookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_deliveries: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                hook: components["schemas"]["HookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Message"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                hook: components["schemas"]["HookId"];
                delivery: components["schemas"]["Seq"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotate_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                hook: components["schemas"]["HookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreshSecret"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_invitations: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Invitation"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreshInvitation"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                invitation: components["schemas"]["InvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_locales: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_LocaleBody"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_locale: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLocale"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocaleBody"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_locale: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_events: {
        parameters: {
            query?: {
                /** @description The last event that is known already; 0 for none. Events come oldest first. */
                after?: components["schemas"]["Seq"];
                /** @description The oldest event that is known already. Events come newest first; from the newest when it is 0. */
                before?: components["schemas"]["Seq"];
                /** @description At most so many events: 1 to 1000, 100 when absent. */
                limit?: number;
                /** @description Only what this subject did. */
                actor?: string;
                /** @description Only this kind of change, such as `draft-saved`; several with commas between. */
                kind?: string;
                /** @description Only what happened at this time or later. */
                since?: components["schemas"]["Timestamp"];
                /** @description Only what happened before this time. */
                until?: components["schemas"]["Timestamp"];
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Log"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_members: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Member"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                subject: components["schemas"]["Subject"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGrant"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                subject: components["schemas"]["Subject"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_pages: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_PageBody"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPage"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_entries: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_EntryBody"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_entries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntriesPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntriesResult"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEntryInfo"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryBody"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
                key: components["schemas"]["EntryKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntryName"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Renamed"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_next: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNext"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PageName"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Renamed"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_presence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Here"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Others"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_previews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Previews"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPreview"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewLink"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                locale: components["schemas"]["Locale"];
                page: components["schemas"]["PageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                token: components["schemas"]["TokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_releases: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Release"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
                Prefer?: string | null;
            };
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRelease"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_requests: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Request"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_request: {
        parameters: {
            query?: never;
            header?: {
                Prefer?: string | null;
            };
            path: {
                project: components["schemas"]["ProjectId"];
                request: components["schemas"]["Seq"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                request: components["schemas"]["Seq"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                release: components["schemas"]["ReleaseNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
                Prefer?: string | null;
            };
            path: {
                project: components["schemas"]["ProjectId"];
                release: components["schemas"]["ReleaseNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diff_releases: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                release: components["schemas"]["ReleaseNumber"];
                other: components["schemas"]["ReleaseNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Difference"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query?: {
                /**
                 * @description What has to be in the key, the source text or the text itself, in whatever letters: all of what stands between
                 *     blanks or signs, in any order, or in double quotes exactly that. At most 200 characters, blanks not counted.
                 */
                q?: string;
                /** @description Only this locale; all when absent. */
                locale?: components["schemas"]["Locale"];
                /** @description Only this page. */
                page?: components["schemas"]["PageId"];
                /** @description Only entries in this state. */
                state?: "missing" | "outdated" | "findings" | "changed";
                /** @description Only texts that this person or token saved last. */
                by?: components["schemas"]["Subject"];
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Found"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SitePage"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteCheck"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description At most so many items: 1 to 1000, 100 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Token"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreshToken"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
                token: components["schemas"]["TokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_usage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project: components["schemas"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkCode"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WindowCode"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_issued: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                issuer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssuerCode"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_issued: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                issuer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh_issued: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                issuer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HowToSignIn"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLink"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            /** @description The request is wrong or came too late; the problem says how. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description We failed; trying again may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
