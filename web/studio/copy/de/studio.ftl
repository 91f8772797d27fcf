# Die Worte des Studios.

language = Sprache
offline = Der Server ist nicht zu erreichen. Was du schreibst, bleibt in diesem Browser und wird gespeichert, sobald du wieder speicherst.
own-name = Deutsch
unreachable = Der Server ist nicht zu erreichen. Prüfe dein Netz und versuche es noch einmal.
forbidden = Das darfst du nicht: { $detail }
fault = Hier ist etwas schiefgegangen: { $detail }
try-again = Noch einmal versuchen
part-missing = Dieser Teil des Studios ist nicht angekommen. Was du getippt hast, bleibt in diesem Browser.
load-again = Seite neu laden
press-again = Bitte drücke noch einmal: Was nach einem Versehen aussieht, gilt nicht.
loading = Wird geladen …
close = Schließen
more = Mehr zeigen

sign-in = Anmelden
sign-out = Abmelden
sign-in-link = Dieser Link meldet dich an, einmal.
sign-in-how = Öffne den Link, der beim Start von Copydesk ausgegeben wurde, oder hole einen neuen:
sign-in-paste = Oder füge den Link hier ein

projects = Projekte
no-projects = Du gehörst noch zu keinem Projekt.
new-project = Neues Projekt
project-name = Name
project-slug = Kurzname, für Adressen
project-slug-help = Kleine Buchstaben, Ziffern und Bindestriche. Er lässt sich später nicht ändern.
project-source = Sprache, in der zuerst geschrieben wird
create = Anlegen
live-release = Release { $release } ist live.
nothing-live = Noch ist nichts live.

screen-write = Schreiben
screen-publish = Veröffentlichen
screen-releases = Releases

pages = Seiten
no-pages = Dieses Projekt hat noch keine Seiten.
no-entries = Diese Seite hat noch keine Einträge.
locale = Sprache
source = Quelle
complete = Vollständig
missing-count = { $count ->
    [one] Ein Text fehlt
   *[other] { $count } Texte fehlen
}
keys = Strg+Enter speichert und geht weiter, Strg+Umschalt+Enter zum nächsten fehlenden Text, Strg+S speichert.
find = Suchen
show = Zeigen
show-all = Alles
show-missing = Fehlende
show-findings = Mit Anmerkungen
show-not-live = Noch nicht live
entries = { $count ->
    [one] Ein Eintrag
   *[other] { $count } Einträge
}
not-kept = Dieser Browser behält nichts: Was du schreibst, geht beim Schließen der Seite verloren. Speichere oft oder erlaube Speicher für diese Adresse.

text-label = Text von { $key }
text-placeholder = Noch nicht geschrieben
no-source = Der Quelltext ist leer.
state-typed = Geschrieben, nicht gespeichert
state-saving = Wird gespeichert …
state-saved = Gespeichert, nicht live
state-live = Live
state-missing = Fehlt
state-overtaken = Jemand hat zuerst gespeichert
saved-by = { $name }, { $when }
length = { $length } von { $most } Zeichen
save = Speichern
discard = Beiseitelegen
save-unreachable = Nicht gespeichert: Der Server ist nicht zu erreichen. Dein Text bleibt in diesem Browser.
shown = So sehen es Besucher
history = Verlauf
not-live = Was das nächste Veröffentlichen ändert

conflict-label = Zwei Texte von { $key }
conflict = { $name } hat einen anderen Text gespeichert ({ $when }), während du geschrieben hast. Nichts ist verloren: Wähle einen oder mach aus beiden einen.
conflict-gone = Jemand hat diesen Text geleert, während du geschrieben hast.
theirs = Der andere
yours = Deiner
take-theirs = Den anderen nehmen, meinen beiseitelegen
take-yours = Meinen speichern
merge = Ein Text aus beiden, von { $key }
merge-below = Oder schreib unten einen Text aus beiden.
throw-away = Wegwerfen
take-merged = Diesen speichern
diff-added = hinzugefügt:
diff-removed = entfernt:

history-title = Verlauf von { $key }
revision = Fassung { $version }, { $name }, { $when }
aside = Dein eigener Text, beiseitegelegt { $when }
bring-back = Zurückholen

publish-title = Was sich beim Veröffentlichen ändert
typed-count = { $count ->
    [one] Ein Text ist in diesem Browser geschrieben und nicht gespeichert. Er wird nicht veröffentlicht.
   *[other] { $count } Texte sind in diesem Browser geschrieben und nicht gespeichert. Sie werden nicht veröffentlicht.
}
nothing-to-publish = Alles Gespeicherte ist live.
changes = { $count ->
    [one] Eine Änderung
   *[other] { $count } Änderungen
}
findings-count = { $count ->
    [one] Zu einer davon gibt es eine Anmerkung.
   *[other] Zu { $count } davon gibt es Anmerkungen.
}
note = Worum geht es? (für die Liste der Releases)
publish-at = Später veröffentlichen, am
publish = Veröffentlichen
schedule = Vormerken
publishing = Wird veröffentlicht …
published = Release { $release } ist live.
publish-failed = Nichts wurde veröffentlicht: { $detail }
scheduled = Es wird { $when } veröffentlicht.
files-progress = { $done } von { $total } Dateien
see-it = Auf { $site } ansehen
publish-pages = { $count } von { $of } Seiten
later = Wird später veröffentlicht
later-not = { $when } nicht veröffentlichen

releases = Releases
no-releases = Noch wurde nichts veröffentlicht.
release = Release { $release }
no-note = Ohne Notiz
release-about = { $count ->
    [one] { $name }, { $when }, eine Datei geändert
   *[other] { $name }, { $when }, { $count } Dateien geändert
}
go-back = Zurück zu Release { $release }
go-back-title = Release { $release } wieder zeigen
go-back-drafts = Was gespeichert ist, bleibt, wie es ist, und kann wieder veröffentlicht werden.
texts-differ = { $count ->
    [0] Auf den Websites ändert sich nichts.
    [one] Auf den Websites ändert sich ein Text.
   *[other] Auf den Websites ändern sich { $count } Texte.
}

# Worum sich Admins kümmern.

screen-log = Protokoll
screen-settings = Einstellungen
project = Projekt
locales = Sprachen
progress = { $written } von { $all } geschrieben
outdated = { $count ->
    [one] einer älter als seine Quelle
   *[other] { $count } älter als ihre Quelle
}
fallback = Fehlende Texte kommen aus (Kurznamen von Sprachen, der Reihe nach; die Quelle folgt von selbst)
new-locale = Kurzname einer neuen Sprache
new-locale-help = Zum Beispiel de, pt-BR oder zh-Hant.
add = Hinzufügen
remove = Entfernen
remove-locale = { $name } verschwindet hier mit allen Texten, und mit dem nächsten Veröffentlichen auch von den Websites. Der Verlauf bleibt.
people = Leute
change-role = Ändern, was sie dürfen
remove-member = { $name } darf hier nichts mehr. Angelegte Tokens bleiben.
invite = Einladen
invited = Eingeladen bis { $when }
invite-sent = Es wurde nichts verschickt. Schicke { $email } diese Adresse:
invite-link = Wo sie sich anmelden
take-back = Zurücknehmen
take-back-invitation = { $email } kann mit dieser Einladung nicht mehr beitreten.
email = E-Mail-Adresse
role = Was sie dürfen
role-viewer = Lesen
role-viewer-may = alles ansehen
role-editor = Schreiben
role-editor-may = Texte schreiben
role-publisher = Veröffentlichen
role-publisher-may = schreiben und veröffentlichen
role-admin = Admin
role-admin-may = alles
only-locales = Nur diese Sprachen (alle, wenn keine gewählt ist)
tokens = Tokens für Builds und Skripte
new-token = Neuer Token
token-name = Wofür er ist
token-once = Das wird nur einmal gezeigt. Kopiere es jetzt.
token-used = benutzt { $when }
token-unused = nie benutzt
until = bis { $when }
revoke = Widerrufen
revoke-token = Was { $name } benutzt, geht sofort nicht mehr.
copy = Kopieren
copied = Kopiert
origins = Websites, deren Seiten die API benutzen dürfen, eine je Zeile
origins-help = Schema, Host und Port, etwa https://www.example.com. Um Texte zu zeigen, muss eine Website hier nicht stehen.
new-page = Neue Seite
page-name = Name der Seite
page-name-help = Buchstaben, Ziffern, Binde- und Unterstriche.
new-entry = Neuer Eintrag
key = Schlüssel
key-help = Buchstaben, Ziffern, Binde- und Unterstriche, ein Buchstabe zuerst; ein Punkt für ein Attribut, etwa search.placeholder.
kind = Was darin stehen darf
kind-text = Worte
kind-html = Worte mit Links, Fettem und dergleichen
entry-note = Eine Notiz für alle, die übersetzen
entry-most = Wie viele Zeichen es höchstens sein sollten
details = Angaben
remove-entry = { $name } verschwindet mit seinen Texten in jeder Sprache, und mit dem nächsten Veröffentlichen von den Websites. Was war, bleibt.
remove-page = { $name } verschwindet mit allen Einträgen und Texten, und mit dem nächsten Veröffentlichen von den Websites. Was war, bleibt.
log-kind = Was
log-actor = Von wem
log-draft-saved = Texte gespeichert
log-draft-deleted = Texte geleert
log-publish-requested = Veröffentlichen
log-activate-requested = Zurückgehen
log-member-put = Leute dazugekommen oder geändert
log-member-removed = Leute entfernt

# Suchen und Ersetzen.

screen-search = Suche
search-wanted = In Schlüsseln, Quelltexten und Texten suchen
search-first = Die ersten { $count } sind zu sehen. Schreibe mehr, um weniger zu finden.
show-outdated = Älter als die Quelle
replace = Ersetzen
replace-by = „{ $wanted }“ ersetzen durch
replace-help = Genau diese Buchstaben, groß und klein wie geschrieben. Jeder Text wird nur gespeichert, wenn ihn inzwischen niemand geändert hat.
replace-in = { $count ->
    [one] In einem Text ersetzen
   *[other] In { $count } Texten ersetzen
}
replaced = { $count ->
    [one] Ein Text ist gespeichert, nicht live.
   *[other] { $count } Texte sind gespeichert, nicht live.
}
exists = { $name } gibt es schon.
still-waiting = Es ist angefordert und wartet; die Liste zeigt, wenn es fertig ist.

connect-title = Eine Website bearbeiten
connect-ask = { $project } auf { $origin } als { $name } bearbeiten? Diese Website sieht dann Texte, die noch nicht veröffentlicht sind, und kann Texte in deinem Namen speichern. Veröffentlichen kann sie nicht.
connect-allow = Erlauben
connect-done = Fertig: Weiter geht es auf der Website. Dieses Fenster kann geschlossen werden.
connect-code = Gib diesen Code innerhalb von zwei Minuten im Editor auf { $origin } ein, und nirgends sonst:
connect-unknown = { $origin } gehört nicht zu den Websites von { $project }. Ein Admin kann sie unter Einstellungen hinzufügen.
frame-sign-in = Diese Website, { $origin }, direkt bearbeiten.
frame-code-how = Kein Fenster, oder es erreicht diese Seite nicht?
frame-code-open = Einen Code im Studio holen
frame-code = Code
frame-code-use = Code verwenden
off-screen = nicht im Bild
all-entries = Alle Texte dieser Seite
panel-open = Öffnen
panel-hide = Ausblenden
panel-close = Beenden
publish-in-studio = Im Studio veröffentlichen
unknown = { $count ->
    [one] Ein markiertes Element hat keinen Eintrag
   *[other] { $count } markierte Elemente haben keine Einträge
}
unknown-help = Sie sind in der Seite markiert und zeigen deren eigenen Text. Einträge übernehmen diesen Text.
unknown-create = { $count ->
    [one] Einen Eintrag anlegen
   *[other] { $count } Einträge anlegen
}
edit-on-site = Auf der Website bearbeiten
tools = Text
bold = Fett
italic = Kursiv
link = Link
undo = Rückgängig
address = Adresse des Links; leer für keinen
apply = Anwenden

forms = Formen, nach { $selector }
form-absent = Noch nicht geschrieben: { $fallback } steht dafür. Hier schreiben, um einen eigenen Text zu geben.
as-source = Als Quelltext
insert = { $name } hier einsetzen

hooks = Webhooks
new-hook = Neuer Webhook
hook-url = Adresse, die benachrichtigt wird
hook-topics = Worüber
topic-release-live = Ein Release ist live
topic-release-failed = Ein Release ist fehlgeschlagen
topic-release-rolled-back = Jemand ist zu einem Release zurückgekehrt
topic-member-changed = Jemand kam dazu oder darf etwas anderes
topic-member-removed = Jemand ist gegangen
hook-messages = Nachrichten
hook-no-messages = Noch wurde nichts gesendet.
hook-waiting = Wartet
hook-delivered = Zugestellt
hook-failed = Fehlgeschlagen
hook-tries = { $count ->
    [one] Ein Versuch, { $answer }
   *[other] { $count } Versuche, zuletzt: { $answer }
}
hook-body = Was gesendet wurde
hook-replay = Noch einmal senden
hook-pause = Anhalten
hook-resume = Fortsetzen
hook-stopped = Es wird nichts mehr gesendet: { $why }
hook-rotate = Neues Geheimnis
hook-rotate-ask = Einen Tag lang tragen Nachrichten beide Unterschriften; danach gilt das alte Geheimnis nicht mehr.
hook-remove-ask = Er wird über nichts mehr benachrichtigt.
hook-secret = Geheimnis
hook-once = Dieses Geheimnis wird nur einmal gezeigt. Nachrichten werden damit unterschrieben.
compare = Zwei Releases vergleichen
compare-from = Von
compare-to = Zu
blocking = { $count ->
    [one] Eine Anmerkung verhindert die Veröffentlichung. Behebe sie, oder lass ihre Sprache aus:
   *[other] { $count } Anmerkungen verhindern die Veröffentlichung. Behebe sie, oder lass ihre Sprachen aus:
}
help = Tasten
key-next = speichert und geht zum nächsten Text
key-missing = speichert und geht zum nächsten fehlenden Text
key-save = speichert
key-bold = fett und kursiv, in Texten mit Auszeichnung
key-undo = macht Getipptes rückgängig und wiederholt es
key-forms = gehen durch die Formen eines Plurals
key-find = geht zum Feld, das Texte findet
key-this = zeigt dies
change = Ändern
gone = Diese Texte hast du für Einträge getippt, die es nicht mehr gibt. Kopiere, was du brauchst.

screen-files = Import und Export
import = Texte hereinholen
import-help = Dateien in Fluent, i18next (JSON), XLIFF, PO oder CSV, oder ein Archiv (ZIP) davon. Nichts wird gespeichert, bevor du gesehen hast, was sich ändern würde.
import-choose = Dateien
import-under = Wird gelesen und mit dem verglichen, was da ist
import-unclear = Diese Dateien sagen ihre Sprache und Seite nicht. Gib sie hier an.
import-counts = { $added } neu, { $changed } geändert, { $same } gleich, { $refused ->
    [one] ein Hinweis
   *[other] { $refused } Hinweise
}
import-first = Die ersten { $count } werden gezeigt; gespeichert werden alle.
import-save = { $count ->
    [0] Nichts zu speichern
    [one] Einen Text speichern
   *[other] { $count } Texte speichern
}
line = Zeile { $line }:
file-format = Das ist keines der Formate, die gelesen werden können.
file-encoding = Sie ist nicht in UTF-8. Speichere sie so („CSV UTF-8“ in Tabellenprogrammen).
file-no-locale = Das Projekt hat die Sprache { $locale } nicht. Wer es verwaltet, kann sie unter Einstellungen hinzufügen.
file-other-source = Sie wurde aus { $locale } übersetzt; das ist nicht die Sprache, in der hier zuerst geschrieben wird.
file-fuzzy = { $key }: Sieh die Übersetzung an und entferne die Markierung „fuzzy“.
file-source-changed = { $key }: Der Ausgangstext wurde seit dem Export geändert oder entfernt. Exportiere neu und sieh ihn an.
file-overtaken = { $key }: Jemand hat den Text seit dem Export gespeichert. Exportiere neu und sieh ihn an.
export = Texte mitnehmen
export-format = Format
export-needs-work = Nur was fehlt, veraltet ist oder Hinweise hat
export-download = Herunterladen
export-under = Wird geschrieben
exported = { $messages } Texte in { $files } Dateien
format-ftl = Fluent
format-i18next = i18next-JSON
format-i18next-nested = i18next-JSON, verschachtelt
format-xliff = XLIFF 1.2, für Übersetzer
format-xliff2 = XLIFF 2.0, für Übersetzer
format-po = gettext PO, für Übersetzer
format-csv = CSV, für Tabellenprogramme
script-title = Auf deiner Website
script-how = Setze dieses Tag einmal in die Seiten deiner Website. Zum Veröffentlichen muss sie nie wieder ausgeliefert werden.
script-tag = Das Tag
script-tags = Benenne dann jede Seite und ihre Texte:
check-url = Adresse einer Seite deiner Website
check-help = Die Seite wird abgerufen, um nach dem Tag zu sehen.
check = Prüfen
check-script-found = Das Skript ist da.
check-script-elsewhere = Es gibt ein Skript dieses Projekts, aber von einer anderen Adresse als der obigen.
check-script-missing = Das Skript ist nicht in der Seite, wie sie vom Server kommt.
check-page = Die Seite sagt ihren Namen.
check-no-page = Nichts sagt den Namen der Seite: füge data-copy-page hinzu.
check-tagged = { $count ->
    [0] Nichts ist markiert: füge data-copy hinzu, wo Text steht.
    [one] Ein Element ist markiert.
   *[other] { $count } Elemente sind markiert.
}
first-site = Öffne sie mit „Auf der Website bearbeiten“: Was markiert ist, wird zu Einträgen, mit dem Text, den es hat.
first-files = Oder hole Texte aus Dateien
rename = Umbenennen
rename-site = Deine Website zeigt ihren eigenen Text, bis auch ihre Tags den neuen Namen haben.
rename-typed = Speichere erst, was du getippt hast.
renamed = { $name } heißt jetzt { $to }; { $count ->
    [one] ein Text ist
   *[other] { $count } Texte sind
} mitgezogen, mit ihrer Geschichte.
renamed-referring = Diese Texte verweisen noch auf { $name }:
here-too = { $name } ist auch auf dieser Seite.
here-other = { $name } ist auf dieser Seite ({ $locale }).
there = { $names } auf dieser Seite
preview-link = Link zu einer Vorschau
preview-help = Zeigt eine Seite, als wäre alles Gespeicherte veröffentlicht, allen, die den Link haben. Ändern können sie nichts.
preview-url = Adresse der Seite
preview-name = Für wen
preview-lasts = Wie lange er gilt
preview-make = Link erzeugen
preview-once = Wird nur dieses eine Mal gezeigt; er gilt bis { $when }
preview-end = Er lässt sich früher beenden: hier, oder von Verwaltenden unter Einstellungen bei den Tokens.
preview-is = Vorschau
preview-until = Nicht veröffentlicht: Stand von jetzt, bis { $when }.
preview-failed = Diese Vorschau ist beendet, oder { $site } darf sie nicht zeigen: frage, wer den Link geschickt hat.
days = { $count ->
    [one] Ein Tag
   *[other] { $count } Tage
}
search-by = Gespeichert von
search-anybody = Allen
search-help = Gesucht werden alle Wörter, in beliebiger Reihenfolge. „"In Anführungszeichen"“ sucht genau das.
show-changed = Noch nicht live

sign-in-at = Anmelden mit { $name }
sign-in-silent = Dort antwortet im Moment niemand.
sign-in-refused = Niemand wurde angemeldet: { $detail }
sign-in-nobody = Hier kann sich niemand anmelden: Wer dieses Copydesk betreibt, muss einen Anbieter nennen.
check-allow = { $origin } an Ort und Stelle bearbeiten lassen
file-large = { $name } enthält mehr als 64 MB: hole es in Teilen herein.
preview-now = Diesen Link jetzt beenden
preview-ended = Der Link gilt nicht mehr.

usage = Verbrauch
usage-now = Dieser Monat
usage-before = Der Monat davor
usage-saves = Gespeicherte Texte, Einträge, Seiten, Sprachen
usage-bytes = Bytes gespeicherter Texte
usage-releases = Veröffentlichungen
usage-pages = Seiten
usage-entries = Einträge
amount = { $used }
amount-of = { $used } von { $quota }
