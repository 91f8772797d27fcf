meta-title = { -brand } · Ruderboote, stundenweise
hero-title = Der See ist wach. Du musst es nicht sein.
hero-lead = Ruderboote zu mieten, am stillen Ende des Sees. Bring <em>nichts</em> mit: In jedem Boot liegen <strong>Kissen, Decken und eine Kanne Tee</strong>.
hero-book = Boot reservieren
hero-boats = Boote ansehen
art =
    .aria-label = Ein Reiher schläft auf einem Pfahl, daneben liegt ein Ruderboot mit Laterne
bell-title = Vorsicht, Reiher
bell = Der Reiher auf dem Steg schläft. Wenn du uns brauchst, <button data-copy-name="bell">läute die Glocke</button>, aber leise.
bell-count = { $count ->
    [0] Heute hat noch niemand geläutet.
    [one] Einmal geläutet.
   *[other] { $count }-mal geläutet.
} Der Reiher zählt mit.
evening-title = Laternenabend
evening-text = Jeden Freitag hängen wir Laternen in die Boote und rudern nach Sonnenuntergang hinaus. Das nächste Mal: <strong>{ DATETIME($date, weekday: "long", month: "long", day: "numeric") }</strong>.
evening-when = { $days ->
    [0] Das ist heute!
    [1] Das ist morgen.
   *[other] Noch { $days }-mal schlafen.
}
news-title = Neu in diesem Sommer
news-text = Unser Floß „{ -boat-winks }“ hat ein Sonnensegel und einen Ofen bekommen. <a href="boats.html">Sieh es dir an</a>.
