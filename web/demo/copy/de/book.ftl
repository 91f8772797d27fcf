meta-title = Reservieren · { -brand }
book-title = Haltet mir ein Boot frei
boat-label = Boot
boat-nap = { -boat-nap }, für zwei
boat-siesta = { -boat-siesta }, für vier
boat-winks = { -boat-winks }, für sechs
date-label = Tag
start-label = Ablegen
start-morning = Zehn Uhr, mit Nebel
start-afternoon = Vierzehn Uhr, mit Bienen
start-evening = Achtzehn Uhr, mit Laterne
people-label = Personen
hours-label = Stunden
fewer =
    .aria-label = Eins weniger
more =
    .aria-label = Eins mehr
guest-label = Name für die Liste
guest =
    .placeholder = Was rufen wir übers Wasser?
note-label = Sonst noch etwas?
note = Lieber Reiher,
send = Boot freihalten
    .title = Nichts verlässt diese Seite: Sie ist nur eine Vorführung
thanks = Danke, { $name }. <strong>Es steht im Buch.</strong> Bis bald beim { -brand(case: "oblique") }!
terms = Lies bitte vorher <a data-copy-name="rules">unsere fünf Regeln</a>. Sie sind kurz.
summary-title = Deine Fahrt
summary = { $people ->
    [one] Eine Person
   *[other] { $people } Personen
} für { $hours ->
    [one] eine Stunde
   *[other] { $hours } Stunden
}. Zurück am Steg: { DATETIME($back, dateStyle: "long", timeStyle: "short") }.
total = <strong>{ NUMBER($total, minimumFractionDigits: 2) } €</strong> insgesamt, Tee inbegriffen.
