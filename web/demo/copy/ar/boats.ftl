-boat-nap = غفوة
-boat-siesta = قيلولة
-boat-winks = أحلام سعيدة
meta-title = القوارب · { -brand }
boats-title = ثلاث طرق كي لا تفعل شيئًا تقريبًا
boats-lead = السعر يشمل المجاديف والوسائد ودفعة لطيفة. <strong>الكلاب تركب مجانًا</strong>، وتجدّف قدر استطاعتها.
nap-name = { -boat-nap }
nap-text = خفيف وضيّق وسهل الإقناع. لشخصين يطيب لهما أن يكونا معًا.
siesta-name = { -boat-siesta }
siesta-text = عريض وثابت، فيه مقعد للأطفال ومرطبان لمراقبة براغيث الماء.
winks-name = { -boat-winks }
winks-text = طوف فيه طاولة ومظلة وموقد صغير. يدور ببطء، كمعظم الأفكار الجيدة.
seats = { $count ->
    [zero] بلا مقاعد
    [one] السعة: شخص واحد
    [two] السعة: شخصان
    [few] السعة: { $count } أشخاص
    [many] السعة: { $count } شخصًا
   *[other] السعة: { $count } شخص
}
price = <strong>{ NUMBER($price, minimumFractionDigits: 2) } يورو</strong> للساعة
free = { $count ->
    [zero] كلها في البحيرة الآن
    [one] قارب واحد عند الرصيف
    [two] قاربان عند الرصيف
    [few] { $count } قوارب عند الرصيف
    [many] { $count } قاربًا عند الرصيف
   *[other] { $count } قارب عند الرصيف
}
choose = احجز هذا
