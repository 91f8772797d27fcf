-boat-nap = Nickerchen
-boat-siesta = Mittagsruhe
-boat-winks = Murmeltier
meta-title = Boote · { -brand }
boats-title = Drei Arten, fast nichts zu tun
boats-lead = Ruder, Kissen und ein sanfter Stoß sind dabei. <strong>Hunde fahren umsonst mit</strong> und rudern, so gut sie können.
nap-name = { -boat-nap }
nap-text = Leicht, schmal und schnell überredet. Für zwei, die sich mögen.
siesta-name = { -boat-siesta }
siesta-text = Breit und ruhig, mit einer Bank für Kinder und einem Glas zum Beobachten von Wasserflöhen.
winks-name = { -boat-winks }
winks-text = Ein Floß mit Tisch, Sonnensegel und kleinem Ofen. Es dreht sich langsam, wie die meisten guten Gedanken.
seats = { $count ->
    [one] Platz für eine Person
   *[other] Platz für { $count }
}
price = <strong>{ NUMBER($price, minimumFractionDigits: 2) } €</strong> pro Stunde
free = { $count ->
    [0] Alle auf dem See
    [one] Noch eins am Steg
   *[other] { $count } am Steg
}
choose = Dieses reservieren
