meta-title = Rezerwacja · { -brand }
book-title = Poproszę o łódkę
boat-label = Łódka
boat-nap = { -boat-nap }, dla dwóch osób
boat-siesta = { -boat-siesta }, dla czterech osób
boat-winks = { -boat-winks }, dla sześciu osób
date-label = Dzień
start-label = Wypłynięcie
start-morning = Dziesiąta, z mgłą
start-afternoon = Czternasta, z pszczołami
start-evening = Osiemnasta, z latarnią
people-label = Osoby
hours-label = Godziny
fewer =
    .aria-label = O jeden mniej
more =
    .aria-label = O jeden więcej
guest-label = Imię na listę
guest =
    .placeholder = Jak mamy wołać przez wodę?
note-label = Coś jeszcze?
note = Droga Czaplo,
send = Zarezerwuj
    .title = Nic nie opuszcza tej strony: to tylko pokaz
thanks = Dziękujemy, { $name }. <strong>Zapisane w księdze.</strong> Do zobaczenia w { -brand(case: "oblique") }!
terms = Najpierw przeczytaj <a data-copy-name="rules">nasze pięć zasad</a>. Są krótkie.
summary-title = Twój rejs
summary = { $people ->
    [one] Jedna osoba
    [few] { $people } osoby
    [many] { $people } osób
   *[other] { $people } osoby
} na { $hours ->
    [one] godzinę
    [few] { $hours } godziny
    [many] { $hours } godzin
   *[other] { $hours } godziny
}. Powrót do pomostu: { DATETIME($back, dateStyle: "long", timeStyle: "short") }.
total = Razem <strong>{ NUMBER($total, minimumFractionDigits: 2) } €</strong>, z herbatą.
