-brand = { $case ->
   *[nominative] Senna Czapla
    [oblique] Sennej Czapli
}
site-name = { -brand }
skip = Przejdź do treści
nav =
    .aria-label = Strony
nav-home = Pomost
nav-boats = Łódki
nav-book = Rezerwacja
nav-about = O nas
language = Język
footer-demo = <strong>Ta wypożyczalnia nie istnieje.</strong> Jej słowa mieszkają w Copydesku: zmień jedno, opublikuj, a pojawi się tutaj.
