meta-title = { -brand } · قوارب تجديف بالساعة
hero-title = استيقظت البحيرة. لا داعي لأن تستيقظ أنت أيضًا.
hero-lead = قوارب تجديف للإيجار عند الطرف الهادئ من البحيرة. لا تُحضر معك <em>شيئًا</em>: ففي كل قارب <strong>وسائد وبطانيات وترمس شاي</strong>.
hero-book = احجز قاربًا
hero-boats = شاهد القوارب
art =
    .aria-label = بلشون نائم على وتد خشبي، وإلى جانبه قارب تجديف فيه فانوس
bell-title = رفقًا بالبلشون
bell = البلشون نائم على الرصيف. إن احتجت إلينا <button data-copy-name="bell">فاقرع الجرس</button>، ولكن برفق.
bell-count = { $count ->
    [zero] لم يُقرع الجرس اليوم بعد.
    [one] قُرع الجرس مرة واحدة.
    [two] قُرع الجرس مرتين.
    [few] قُرع الجرس { $count } مرات.
    [many] قُرع الجرس { $count } مرة.
   *[other] قُرع الجرس { $count } مرة.
} والبلشون يعدّ.
evening-title = أمسية الفوانيس
evening-text = كل يوم جمعة نعلّق الفوانيس في القوارب وننطلق بعد الغروب. الموعد القادم: <strong>{ DATETIME($date, weekday: "long", month: "long", day: "numeric") }</strong>.
evening-when = { $days ->
    [0] إنها الليلة!
    [1] إنها غدًا.
    [2] إنها بعد غد.
    [few] بقيت { $days } ليالٍ.
    [many] بقيت { $days } ليلة.
   *[other] بقيت { $days } ليلة.
}
news-title = جديد هذا الصيف
news-text = صار لطوفنا «{ -boat-winks }» مظلة وموقد. <a href="boats.html">ألقِ نظرة</a>.
