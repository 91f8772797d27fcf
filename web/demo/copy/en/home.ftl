meta-title = { -brand } · Rowing boats by the hour
hero-title = The lake is awake. You need not be.
hero-lead = Rowing boats for rent, at the quiet end of the lake. Bring <em>nothing</em>: there are <strong>cushions, blankets and a flask of tea</strong> in every boat.
hero-book = Book a boat
hero-boats = See the boats
art =
    .aria-label = A heron asleep on a post, beside a rowing boat with a lantern
bell-title = Mind the heron
bell = The heron on the jetty is asleep. If you need us, <button data-copy-name="bell">ring the bell</button>, but softly.
bell-count = { $count ->
    [0] Nobody has rung yet today.
    [one] Rung once.
   *[other] Rung { $count } times.
} The heron is keeping count.
evening-title = Lantern evening
evening-text = Every Friday we hang lanterns in the boats and row out after sunset. Next time: <strong>{ DATETIME($date, weekday: "long", month: "long", day: "numeric") }</strong>.
evening-when = { $days ->
    [0] That is tonight!
    [1] That is tomorrow.
   *[other] { $days } more sleeps.
}
news-title = New this summer
news-text = { -boat-winks }, our raft, has been given an awning and a stove. <a href="boats.html">Have a look</a>.
