-brand = { $case ->
   *[nominative] Dösender Reiher
    [definite] Dösende Reiher
    [oblique] Dösenden Reiher
}
site-name = { -brand }
skip = Zum Inhalt springen
nav =
    .aria-label = Seiten
nav-home = Steg
nav-boats = Boote
nav-book = Reservieren
nav-about = Über uns
language = Sprache
footer-demo = <strong>Diesen Bootsverleih gibt es nicht.</strong> Seine Worte liegen in Copydesk: Ändere eins, veröffentliche es, und es steht hier.
