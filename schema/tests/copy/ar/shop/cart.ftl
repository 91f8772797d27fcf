hello = مرحبا { $name }!
items = { $count ->
    [zero] لا شيء
    [one] عنصر واحد
    [two] عنصران
    [few] { $count } عناصر
    [many] { $count } عنصرًا
   *[other] { $count } عنصر
}
