meta-title = { -brand } · Łódki na godziny
hero-title = Jezioro już nie śpi. Ty jeszcze możesz.
hero-lead = Łódki wiosłowe do wynajęcia na cichym krańcu jeziora. Nie zabieraj <em>niczego</em>: w każdej łódce czekają <strong>poduszki, koce i termos herbaty</strong>.
hero-book = Zarezerwuj łódkę
hero-boats = Zobacz łódki
art =
    .aria-label = Czapla śpiąca na drewnianym palu, obok łódka z latarnią
bell-title = Uwaga, czapla
bell = Czapla na pomoście śpi. Jeśli nas potrzebujesz, <button data-copy-name="bell">zadzwoń dzwonkiem</button>, ale cichutko.
bell-count = { $count ->
    [0] Dziś jeszcze nikt nie dzwonił.
    [one] Jeden dzwonek.
    [few] { $count } dzwonki.
    [many] { $count } dzwonków.
   *[other] { $count } dzwonka.
} Czapla wszystko liczy.
evening-title = Wieczór latarni
evening-text = W każdy piątek wieszamy latarnie w łódkach i wypływamy po zachodzie słońca. Najbliższy wieczór: <strong>{ DATETIME($date, weekday: "long", month: "long", day: "numeric") }</strong>.
evening-when = { $days ->
    [0] To już dziś!
    [1] To już jutro.
    [few] Jeszcze { $days } noce.
    [many] Jeszcze { $days } nocy.
   *[other] Jeszcze { $days } nocy.
}
news-title = Nowość tego lata
news-text = Nasza tratwa „{ -boat-winks }” dostała daszek i piecyk. <a href="boats.html">Zobacz ją</a>.
