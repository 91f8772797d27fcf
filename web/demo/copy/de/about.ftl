meta-title = Über den { -brand(case: "oblique") }
about-title = Ein sehr kleiner Hafen
about-text = Der { -brand(case: "definite") }, das sind zwölf Boote, ein Steg und ein Wasserkessel, am stillen Ende eines Sees, der auf keiner Karte steht, die wir kennen.<br>Wir öffnen im April und schließen mit dem ersten Frost.
season = Dies ist unser { $season }. Sommer.
heron-title = Warum der Reiher?
heron-text = Er war zuerst da. An unserem ersten Morgen stand er auf dem letzten Pfahl, <em>schlafend, auf einem Bein</em>, und niemand brachte es übers Herz, ihn zu vertreiben. Heute ist er <strong>Hafenmeister</strong>.
facts-title = Der See in Zahlen
fact-frogs = <strong>{ NUMBER($frogs) }</strong> { $frogs ->
    [one] Frosch
   *[other] Frösche
} bei der letzten Zählung
fact-naps = <strong>{ NUMBER($share, style: "percent") }</strong> aller Nickerchen enden ungestört
rules-title = Fünf kurze Regeln
rules =
    <li>Alle tragen eine Schwimmweste, <em>auch im Schlaf</em>.</li>
    <li>Wer rudert, lenkt.</li>
    <li>Schwäne haben Vorfahrt.</li>
    <li>Füttert niemanden außer euch selbst.</li>
    <li>Leise läuten.</li>
visit-title = So findest du uns
visit-text = Folge dem Treidelpfad, bis du die Straße nicht mehr hörst, und dann noch ein Stückchen. Oder schreib an <a href="mailto:jetty@example.com">jetty@example.com</a>.
