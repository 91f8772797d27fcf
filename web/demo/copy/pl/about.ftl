meta-title = O { -brand(case: "oblique") }
about-title = Bardzo mała przystań
about-text = { -brand } to dwanaście łódek, jeden pomost i jeden czajnik, na cichym krańcu jeziora, którego nie ma na żadnej znanej nam mapie.<br>Otwieramy w kwietniu, zamykamy z pierwszym mrozem.
season = To już nasze { $season }. lato.
heron-title = Skąd ta czapla?
heron-text = Była tu pierwsza. Naszego pierwszego ranka stała na ostatnim palu, <em>śpiąc na jednej nodze</em>, i nikt nie miał serca jej przegonić. Dziś <strong>kieruje przystanią</strong>.
facts-title = Jezioro w liczbach
fact-frogs = <strong>{ NUMBER($frogs) }</strong> { $frogs ->
    [one] żaba
    [few] żaby
    [many] żab
   *[other] żaby
} przy ostatnim liczeniu
fact-naps = <strong>{ NUMBER($share, style: "percent") }</strong> drzemek kończy się bez zakłóceń
rules-title = Pięć krótkich zasad
rules =
    <li>Wszyscy noszą kamizelki, <em>także we śnie</em>.</li>
    <li>Kto wiosłuje, ten steruje.</li>
    <li>Łabędzie mają pierwszeństwo.</li>
    <li>Nie karmcie nikogo oprócz siebie.</li>
    <li>Dzwońcie cicho.</li>
visit-title = Jak nas znaleźć
visit-text = Idź ścieżką nad wodą, aż przestaniesz słyszeć szosę, a potem jeszcze kawałek. Albo napisz na <a href="mailto:jetty@example.com">jetty@example.com</a>.
