meta-title = عن { -brand }
about-title = مرفأ صغير جدًا
about-text = { -brand }: اثنا عشر قاربًا ورصيف واحد وإبريق شاي واحد، عند الطرف الهادئ من بحيرة لا تظهر على أي خريطة نعرفها.<br>نفتح في أبريل ونغلق مع أول صقيع.
season = هذا صيفنا رقم { $season }.
heron-title = لماذا البلشون؟
heron-text = كان هنا قبلنا. في صباحنا الأول كان واقفًا على آخر وتد، <em>نائمًا على ساق واحدة</em>، ولم يطاوعنا قلبنا أن نزيحه. وهو اليوم <strong>مدير المرفأ</strong>.
facts-title = البحيرة بالأرقام
fact-frogs = <strong>{ NUMBER($frogs) }</strong> هو عدد الضفادع في آخر إحصاء
fact-naps = <strong>{ NUMBER($share, style: "percent") }</strong> من الغفوات تكتمل دون إزعاج
rules-title = خمس قواعد قصيرة
rules =
    <li>على الجميع ارتداء سترة النجاة، <em>حتى النائمين</em>.</li>
    <li>من يجدّف يقود.</li>
    <li>الأولوية للبجع.</li>
    <li>لا تُطعموا أحدًا سوى أنفسكم.</li>
    <li>اقرعوا الجرس برفق.</li>
visit-title = كيف تصل إلينا
visit-text = اتبع الممر المحاذي للماء حتى لا تعود تسمع الطريق، ثم امشِ قليلًا بعد ذلك. أو اكتب إلى <a href="mailto:jetty@example.com">jetty@example.com</a>.
