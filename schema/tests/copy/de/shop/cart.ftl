title = Warenkorb im { -shop } von { -brand }
hello = Hallo, { $name }!
    .title = Gruß von { -brand-long }
items = { $count ->
    [one] Ein Artikel
   *[other] { $count } Artikel
}
terms = Lies die <a href="{ $url }">Bedingungen</a>.
slot = <a { $attrs }>Kaufen</a>
