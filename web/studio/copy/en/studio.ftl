# The words of the studio.

language = Language
offline = The server cannot be reached. What you type is kept in this browser; it is saved when you save again.
own-name = English
unreachable = The server cannot be reached. Check your network, then try again.
forbidden = You may not do this: { $detail }
fault = Something went wrong here: { $detail }
try-again = Try again
part-missing = This part of the studio did not arrive. What you typed is kept in this browser.
load-again = Load the page again
press-again = Please press once more: what looks like a press that was not meant is not taken.
loading = Loading…
close = Close
more = Show more

sign-in = Sign in
sign-out = Sign out
sign-in-link = This link signs you in, once.
sign-in-how = Open the link that was printed when Copydesk started, or print another:
sign-in-paste = Or paste the link here

projects = Projects
no-projects = You belong to no project yet.
new-project = New project
project-name = Name
project-slug = Short name, for addresses
project-slug-help = Small letters, digits and hyphens. It cannot be changed later.
project-source = Language in which copy is first written
create = Create
live-release = Release { $release } is live.
nothing-live = Nothing is live yet.

screen-write = Write
screen-publish = Publish
screen-releases = Releases

pages = Pages
no-pages = This project has no pages yet.
no-entries = This page has no entries yet.
locale = Language
source = source
complete = Complete
missing-count = { $count ->
    [one] One text is missing
   *[other] { $count } texts are missing
}
keys = Ctrl+Enter saves and goes on, Ctrl+Shift+Enter goes on to the next missing text, Ctrl+S saves.
find = Find
show = Show
show-all = Everything
show-missing = Missing
show-findings = With remarks
show-not-live = Not live yet
entries = { $count ->
    [one] One entry
   *[other] { $count } entries
}
not-kept = This browser keeps nothing: what you type is lost when you close the page. Save often, or allow storage for this address.

text-label = Text of { $key }
text-placeholder = Not written yet
no-source = The source text is empty.
state-typed = Typed, not saved
state-saving = Saving…
state-saved = Saved, not live
state-live = Live
state-missing = Missing
state-overtaken = Somebody else saved first
saved-by = { $name }, { $when }
length = { $length } of { $most } characters
save = Save
discard = Put aside
save-unreachable = Not saved: the server cannot be reached. Your text is kept in this browser.
shown = As visitors see it
history = History
not-live = What the next publish changes

conflict-label = Two texts of { $key }
conflict = { $name } saved another text ({ $when }) while you were writing. Nothing is lost: choose one, or write one from both.
conflict-gone = Somebody emptied this text while you were writing.
theirs = Theirs
yours = Yours
take-theirs = Take theirs, put mine aside
take-yours = Save mine
merge = One text from both, of { $key }
merge-below = Or write one text from both, below.
throw-away = Throw away
take-merged = Save this
diff-added = added:
diff-removed = removed:

history-title = History of { $key }
revision = Version { $version }, { $name }, { $when }
aside = Your own text, put aside { $when }
bring-back = Bring back

publish-title = What changes when you publish
typed-count = { $count ->
    [one] One text is typed in this browser and not saved. It will not be published.
   *[other] { $count } texts are typed in this browser and not saved. They will not be published.
}
nothing-to-publish = Everything that is saved is live.
changes = { $count ->
    [one] One change
   *[other] { $count } changes
}
findings-count = { $count ->
    [one] There is a remark on one of them.
   *[other] There are remarks on { $count } of them.
}
note = What is it about? (for the list of releases)
publish-at = Publish later, at
publish = Publish
schedule = Schedule
publishing = Publishing…
published = Release { $release } is live.
publish-failed = Nothing was published: { $detail }
scheduled = It will be published { $when }.
files-progress = { $done } of { $total } files
see-it = See it on { $site }
publish-pages = { $count } of { $of } pages
later = To be published later
later-not = Do not publish { $when }

releases = Releases
no-releases = Nothing was published yet.
release = Release { $release }
no-note = No note
release-about = { $count ->
    [one] { $name }, { $when }, one file changed
   *[other] { $name }, { $when }, { $count } files changed
}
go-back = Go back to release { $release }
go-back-title = Show release { $release } again
go-back-drafts = What is saved stays as it is, and can be published again.
texts-differ = { $count ->
    [0] Sites will show the same.
    [one] Sites will show one other text.
   *[other] Sites will show { $count } other texts.
}

# What admins look after.

screen-log = Log
screen-settings = Settings
project = Project
locales = Languages
progress = { $written } of { $all } written
outdated = { $count ->
    [one] one older than its source
   *[other] { $count } older than their source
}
fallback = Missing texts are taken from (short names of languages, in order; the source follows by itself)
new-locale = Short name of a new language
new-locale-help = For example de, pt-BR or zh-Hant.
add = Add
remove = Remove
remove-locale = { $name } goes with all its texts from what is written here, and with the next publish from what sites show. Its history stays.
people = People
change-role = Change what they may do
remove-member = { $name } can do nothing here any more. Tokens that they made stay.
invite = Invite
invited = Invited until { $when }
invite-sent = Nothing was mailed. Send { $email } this address:
invite-link = Where they sign in
take-back = Take back
take-back-invitation = { $email } can no longer join by this invitation.
email = Their e-mail address
role = What they may do
role-viewer = Viewer
role-viewer-may = read
role-editor = Editor
role-editor-may = write
role-publisher = Publisher
role-publisher-may = write and publish
role-admin = Admin
role-admin-may = everything
only-locales = Only these languages (all when none is chosen)
tokens = Tokens for builds and scripts
new-token = New token
token-name = What it is for
token-once = This is shown once. Copy it now.
token-used = used { $when }
token-unused = never used
until = until { $when }
revoke = Revoke
revoke-token = Whatever uses { $name } stops working at once.
copy = Copy
copied = Copied
origins = Sites whose pages may use the API, one a line
origins-help = Scheme, host and port, such as https://www.example.com. Sites need not be listed to show copy.
new-page = New page
page-name = Name of the page
page-name-help = Letters, digits, hyphens and underscores.
new-entry = New entry
key = Key
key-help = Letters, digits, hyphens and underscores, a letter first; a dot for an attribute, such as search.placeholder.
kind = What it may hold
kind-text = Words
kind-html = Words with links, bold and the like
entry-note = A note for whoever translates it
entry-most = The most characters it should have
details = Details
remove-entry = { $name } goes with its texts in every language, and with the next publish from what sites show. Its history stays.
remove-page = { $name } goes with all its entries and texts, and with the next publish from what sites show. Its history stays.
log-kind = What
log-actor = By whom
log-draft-saved = Texts saved
log-draft-deleted = Texts emptied
log-publish-requested = Publishing
log-activate-requested = Going back
log-member-put = People joined or changed
log-member-removed = People removed

# Finding and replacing.

screen-search = Search
search-wanted = Find in keys, source texts and texts
search-first = The first { $count } are shown. Write more to find fewer.
show-outdated = Older than the source
replace = Replace
replace-by = Replace “{ $wanted }” by
replace-help = Just these letters, large and small as written. Each text is saved only if nobody changed it meanwhile.
replace-in = { $count ->
    [one] Replace in one text
   *[other] Replace in { $count } texts
}
replaced = { $count ->
    [one] One text is saved, not live.
   *[other] { $count } texts are saved, not live.
}
exists = { $name } is there already.
still-waiting = It is asked for and waits; the list shows when it is done.

connect-title = Edit a site
connect-ask = Edit { $project } on { $origin }, as { $name }? That site will see texts that are not live, and can save texts in your name. It cannot publish.
connect-allow = Allow
connect-done = Done: go back to the site. This window can be closed.
connect-code = Type this code into the editor on { $origin }, within two minutes, and nowhere else:
connect-unknown = { $origin } is not among the sites of { $project }. An admin can add it under Settings.
frame-sign-in = Edit this site, { $origin }, in place.
frame-code-how = No window, or it cannot reach this page?
frame-code-open = Get a code in the studio
frame-code = Code
frame-code-use = Use the code
off-screen = not on the screen
all-entries = All texts of this page
panel-open = Open
panel-hide = Hide
panel-close = Close
publish-in-studio = Publish in the studio
unknown = { $count ->
    [one] One tagged element has no entry
   *[other] { $count } tagged elements have no entries
}
unknown-help = They are tagged in the page, and show what the page says. Entries take that text along.
unknown-create = { $count ->
    [one] Make one entry
   *[other] Make { $count } entries
}
edit-on-site = Edit on the site
tools = Text
bold = Bold
italic = Italic
link = Link
undo = Undo
address = Address of the link; empty for none
apply = Apply

forms = Forms, by { $selector }
form-absent = Not written yet: { $fallback } stands for it. Write here to give it a text of its own.
as-source = As source
insert = Put { $name } here

hooks = Webhooks
new-hook = New webhook
hook-url = Address that is told
hook-topics = Of what
topic-release-live = A release is live
topic-release-failed = A release failed
topic-release-rolled-back = Somebody went back to a release
topic-member-changed = Somebody joined, or may do something else
topic-member-removed = Somebody left
hook-messages = Messages
hook-no-messages = Nothing was sent yet.
hook-waiting = Waiting
hook-delivered = Delivered
hook-failed = Failed
hook-tries = { $count ->
    [one] One try, { $answer }
   *[other] { $count } tries, the last one: { $answer }
}
hook-body = What was sent
hook-replay = Send again
hook-pause = Pause
hook-resume = Resume
hook-stopped = Nothing is sent any more: { $why }
hook-rotate = New secret
hook-rotate-ask = Messages carry both signatures for a day; then the old secret is no longer good.
hook-remove-ask = It is told nothing any more.
hook-secret = Secret
hook-once = This secret is shown once. Messages are signed with it.
compare = Compare two releases
compare-from = From
compare-to = To
blocking = { $count ->
    [one] One remark stops this from being published. Mend it, or leave its language out:
   *[other] { $count } remarks stop this from being published. Mend them, or leave their languages out:
}
help = Keys
key-next = saves, and goes on to the next text
key-missing = saves, and goes on to the next missing text
key-save = saves
key-bold = bold and italic, in copy with markup
key-undo = undoes and redoes what was typed
key-forms = go through the forms of a plural
key-find = goes to the field that finds texts
key-this = shows this
change = Change
gone = You typed these texts for entries that are not there any more. Copy what you need.

screen-files = Import and export
import = Bring copy in
import-help = Files of Fluent, i18next (JSON), XLIFF, PO or CSV, or an archive (ZIP) of them. Nothing is saved before you have seen what would change.
import-choose = Files
import-under = Reading and holding against what is there
import-unclear = These files do not say their language and page. Say it here.
import-counts = { $added } new, { $changed } changed, { $same } the same, { $refused ->
    [one] one remark
   *[other] { $refused } remarks
}
import-first = The first { $count } are shown; all are saved.
import-save = { $count ->
    [0] Nothing to save
    [one] Save one text
   *[other] Save { $count } texts
}
line = Line { $line }:
file-format = This is none of the formats that can be read.
file-encoding = It is not UTF-8. Save it as such (“CSV UTF-8” in spreadsheets).
file-no-locale = The project has no language { $locale }. An admin can add it under Settings.
file-other-source = It was translated from { $locale }, which is not the language that copy is first written in here.
file-fuzzy = { $key }: look at the translation and take its mark “fuzzy” away.
file-source-changed = { $key }: its source text was changed or removed since it was exported. Export it again and look at it.
file-overtaken = { $key }: somebody saved it since it was exported. Export it again and look at it.
export = Take copy out
export-format = Format
export-needs-work = Only what is missing, outdated or has remarks
export-download = Download
export-under = Writing
exported = { $messages } texts in { $files } files
format-ftl = Fluent
format-i18next = i18next JSON
format-i18next-nested = i18next JSON, nested
format-xliff = XLIFF 1.2, for translators
format-xliff2 = XLIFF 2.0, for translators
format-po = gettext PO, for translators
format-csv = CSV, for spreadsheets
script-title = On your site
script-how = Put this tag into the pages of your site, once. Publishing never needs another deploy.
script-tag = The tag
script-tags = Then name each page and its texts:
check-url = Address of a page of your site
check-help = The page is fetched to see whether it has the tag.
check = Check
check-script-found = The site script is there.
check-script-elsewhere = There is a site script of this project, but from another address than the one above.
check-script-missing = The site script is not in the page as it comes from its server.
check-page = The page says its name.
check-no-page = Nothing says the page’s name: add data-copy-page.
check-tagged = { $count ->
    [0] Nothing is tagged: add data-copy to what holds text.
    [one] One element is tagged.
   *[other] { $count } elements are tagged.
}
first-site = Open it with “Edit on the site”: what is tagged becomes entries, with the text that it has.
first-files = Or bring copy in from files
rename = Rename
rename-site = Your site shows its own text until its tags have the new name, too.
rename-typed = Save what you typed first.
renamed = { $name } is called { $to } now; { $count ->
    [one] one text
   *[other] { $count } texts
} moved along, with their history.
renamed-referring = These texts refer to { $name } still:
here-too = { $name } is on this page, too.
here-other = { $name } is on this page ({ $locale }).
there = { $names } on this page
preview-link = Link for a preview
preview-help = Shows a page as if everything that is saved were published, to anybody who has the link. They can change nothing.
preview-url = Address of the page
preview-name = Whom it is for
preview-lasts = How long it lasts
preview-make = Make the link
preview-once = Shown this once; it lasts until { $when }
preview-end = It can be ended sooner: here, or by an admin under Settings, among the tokens.
preview-is = Preview
preview-until = Not published: as of now, until { $when }.
preview-failed = This preview has ended, or { $site } may not show it: ask whoever sent the link.
days = { $count ->
    [one] One day
   *[other] { $count } days
}
search-by = Saved by
search-anybody = Anybody
search-help = All of the words are looked for, in any order. “"In quotes"” looks for exactly that.
show-changed = Not live yet

sign-in-at = Sign in with { $name }
sign-in-silent = It does not answer at the moment.
sign-in-refused = Nobody was signed in: { $detail }
sign-in-nobody = Nobody can sign in here: whoever runs this Copydesk has to name an issuer.
check-allow = Let { $origin } be edited in place
file-large = { $name } holds more than 64 MB: bring it in in parts.
preview-now = End this link now
preview-ended = The link is no longer good.

usage = Usage
usage-now = This month
usage-before = The month before
usage-saves = Saved texts, entries, pages, languages
usage-bytes = Bytes of saved texts
usage-releases = Publishes
usage-pages = Pages
usage-entries = Entries
amount = { $used }
amount-of = { $used } of { $quota }
