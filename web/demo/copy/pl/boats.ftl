-boat-nap = Drzemka
-boat-siesta = Sjesta
-boat-winks = Suseł
meta-title = Łódki · { -brand }
boats-title = Trzy sposoby, żeby prawie nic nie robić
boats-lead = Wiosła, poduszki i lekkie popchnięcie są w cenie. <strong>Psy pływają za darmo</strong> i wiosłują, jak umieją.
nap-name = { -boat-nap }
nap-text = Lekka, wąska, łatwo ją namówić. Dla dwojga ludzi, którzy się lubią.
siesta-name = { -boat-siesta }
siesta-text = Szeroka i spokojna, z ławeczką dla dzieci i słoikiem do oglądania rozwielitek.
winks-name = { -boat-winks }
winks-text = Tratwa ze stołem, daszkiem i małym piecykiem. Obraca się powoli, jak większość dobrych myśli.
seats = { $count ->
    [one] Dla jednej osoby
    [few] Dla { $count } osób
    [many] Dla { $count } osób
   *[other] Dla { $count } osoby
}
price = <strong>{ NUMBER($price, minimumFractionDigits: 2) } €</strong> za godzinę
free = { $count ->
    [0] Wszystkie na jeziorze
    [one] Jedna przy pomoście
    [few] { $count } przy pomoście
    [many] { $count } przy pomoście
   *[other] { $count } przy pomoście
}
choose = Rezerwuję tę
