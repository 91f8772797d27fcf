meta-title = About the { -brand }
about-title = A very small harbor
about-text = The { -brand } is twelve boats, one jetty and one kettle, at the quiet end of a lake that is on no map we know of.<br>We open in April and close with the first frost.
season = This is our { NUMBER($season, type: "ordinal") ->
    [one] { $season }st
    [two] { $season }nd
    [few] { $season }rd
   *[other] { $season }th
} summer.
heron-title = Why the heron?
heron-text = It was here first. On our first morning it stood on the last post, <em>asleep on one leg</em>, and nobody had the heart to move it. Now it is <strong>head of the harbor</strong>.
facts-title = The lake in numbers
fact-frogs = <strong>{ NUMBER($frogs) }</strong> { $frogs ->
    [one] frog
   *[other] frogs
} at the last count
fact-naps = <strong>{ NUMBER($share, style: "percent") }</strong> of naps end undisturbed
rules-title = Five short rules
rules =
    <li>Everybody wears a life jacket, <em>even asleep</em>.</li>
    <li>Whoever rows, steers.</li>
    <li>Swans have right of way.</li>
    <li>Feed nobody but yourselves.</li>
    <li>Ring softly.</li>
visit-title = Finding us
visit-text = Follow the towpath until you no longer hear the road, and then a little further. Or write to <a href="mailto:jetty@example.com">jetty@example.com</a>.
