meta-title = { -brand }｜時間貸しの手こぎボート
hero-title = 湖はもう起きています。あなたはまだ、寝ていて大丈夫。
hero-lead = 湖のいちばん静かな岸で、手こぎボートをお貸しします。持ち物は<em>何も</em>いりません。どのボートにも<strong>クッションと毛布、お茶の入った魔法びん</strong>を積んであります。
hero-book = ボートを予約する
hero-boats = ボートを見る
art =
    .aria-label = 杭の上で眠るアオサギと、ランタンをともした手こぎボート
bell-title = アオサギにご注意
bell = 桟橋のアオサギは眠っています。ご用の方は<button data-copy-name="bell">鐘を鳴らして</button>ください。どうぞ、そっと。
bell-count = { $count ->
    [0] 今日はまだ誰も鳴らしていません。
   *[other] { $count }回鳴りました。
}アオサギが数えています。
evening-title = ランタンの夕べ
evening-text = 毎週金曜日はボートにランタンをつるし、日が沈んでからこぎ出します。次回は<strong>{ DATETIME($date, weekday: "long", month: "long", day: "numeric") }</strong>です。
evening-when = { $days ->
    [0] 今夜です！
    [1] 明日です。
   *[other] あと{ $days }回寝たら、その日です。
}
