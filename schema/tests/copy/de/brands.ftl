-shop = { $case ->
   *[upper] Laden
    [lower] laden
}
