-boat-nap = Catnap
-boat-siesta = Siesta
-boat-winks = Forty Winks
meta-title = Boats · { -brand }
boats-title = Three ways to do very little
boats-lead = Oars, cushions and a gentle push are included. <strong>Dogs travel free</strong>, and row as well as they can.
nap-name = { -boat-nap }
nap-text = Light, narrow and easily persuaded. For two people who like each other.
siesta-name = { -boat-siesta }
siesta-text = Broad and steady, with a bench for children and a jar for watching water fleas.
winks-name = { -boat-winks }
winks-text = A raft with a table, an awning and a small stove. It turns slowly, like most good thoughts.
seats = { $count ->
    [one] Seats one
   *[other] Seats { $count }
}
price = <strong>€{ NUMBER($price, minimumFractionDigits: 2) }</strong> an hour
free = { $count ->
    [0] All out on the lake
    [one] One at the jetty
   *[other] { $count } at the jetty
}
choose = Book this one
