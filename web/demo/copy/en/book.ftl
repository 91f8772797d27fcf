meta-title = Book · { -brand }
book-title = Keep a boat for me
boat-label = Boat
boat-nap = { -boat-nap }, for two
boat-siesta = { -boat-siesta }, for four
boat-winks = { -boat-winks }, for six
date-label = Day
start-label = Setting off
start-morning = Ten o’clock, with mist
start-afternoon = Two o’clock, with bees
start-evening = Six o’clock, with a lantern
people-label = People
hours-label = Hours
fewer =
    .aria-label = One less
more =
    .aria-label = One more
guest-label = Name for the list
guest =
    .placeholder = What do we call across the water?
note-label = Anything else?
note = Dear heron,
send = Keep it for me
    .title = Nothing leaves this page: it is a demonstration
thanks = Thank you, { $name }. <strong>It is in the book.</strong> See you at the { -brand }!
terms = Please read <a data-copy-name="rules">our five rules</a> first. They are short.
summary-title = Your trip
summary = { $people ->
    [one] One person
   *[other] { $people } people
} for { $hours ->
    [one] an hour
   *[other] { $hours } hours
}. Back at the jetty: { DATETIME($back, dateStyle: "long", timeStyle: "short") }.
total = <strong>€{ NUMBER($total, minimumFractionDigits: 2) }</strong> in all, tea included.
