### The cart

title = Your { -shop(case: "lower") } cart at { -brand }
hello = Hello, { $name }!
    .title = Greeting of { -brand-long }
items = { $count ->
    [0] Nothing yet
    [one] One item
   *[other] { $count } items
}
nested = { $servers ->
    [one] One server, { $devices ->
        [one] one device
       *[other] { $devices } devices
    }
   *[other] { $servers } servers
}
lines =
    One
      deeper

    two
brace = { "{" }curly{ "}" } and "quotes"
terms = Read the <a href="{ $url }" title="Terms of { -brand }">terms</a>, <strong>please</strong>.<br>Now.
slot = <a { $attrs }>Buy</a> or <a rel="external" href="/help?a=1&amp;b=2">ask&nbsp;us</a>
entity = Fish &amp; chips &lt;fresh&gt;
broken-markup = <b>bold <i>both</b> rest
