meta-title = الحجز · { -brand }
book-title = احجزوا لي قاربًا
boat-label = القارب
boat-nap = { -boat-nap }، لشخصين
boat-siesta = { -boat-siesta }، لأربعة أشخاص
boat-winks = { -boat-winks }، لستة أشخاص
date-label = اليوم
start-label = الانطلاق
start-morning = العاشرة صباحًا، مع الضباب
start-afternoon = الثانية بعد الظهر، مع النحل
start-evening = السادسة مساءً، مع فانوس
people-label = عدد الأشخاص
hours-label = عدد الساعات
fewer =
    .aria-label = أقل بواحد
more =
    .aria-label = أكثر بواحد
guest-label = الاسم في القائمة
guest =
    .placeholder = بأي اسم نناديك عبر الماء؟
note-label = هل من شيء آخر؟
note = عزيزي البلشون،
send = احجزوه لي
    .title = لا شيء يغادر هذه الصفحة، فهي للعرض فقط
thanks = شكرًا لك يا { $name }. <strong>سجّلناه في الدفتر.</strong> نلقاك عند { -brand }!
terms = يُرجى قراءة <a data-copy-name="rules">قواعدنا الخمس</a> أولًا، وهي قصيرة.
summary-title = رحلتك
summary = { $people ->
    [zero] بلا ركاب
    [one] راكب واحد
    [two] راكبان
    [few] { $people } ركاب
    [many] { $people } راكبًا
   *[other] { $people } راكب
} { $hours ->
    [zero] لأقل من ساعة
    [one] لمدة ساعة
    [two] لمدة ساعتين
    [few] لمدة { $hours } ساعات
    [many] لمدة { $hours } ساعة
   *[other] لمدة { $hours } ساعة
}. العودة إلى الرصيف: { DATETIME($back, dateStyle: "long", timeStyle: "short") }.
total = المجموع <strong>{ NUMBER($total, minimumFractionDigits: 2) } يورو</strong>، والشاي علينا.
