-brand = Acme
-brand-long = { -brand } Incorporated
-shop = { $case ->
   *[upper] Shop
    [lower] shop
}
