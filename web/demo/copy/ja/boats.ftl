-boat-nap = うたたね
-boat-siesta = ひるね
-boat-winks = ぐっすり
meta-title = ボート｜{ -brand }
boats-title = ほとんど何もしないための、三つの方法
boats-lead = オールとクッション、やさしいひと押しは料金に含まれます。<strong>犬は無料</strong>。できる範囲でこいでくれます。
nap-name = { -boat-nap }
nap-text = 軽くて細身、誘いに弱いボートです。仲のよいお二人に。
siesta-name = { -boat-siesta }
siesta-text = 幅が広く、揺れにくいボートです。子ども用の腰かけと、ミジンコ観察用のびんつき。
winks-name = { -boat-winks }
winks-text = テーブルと日よけ、小さなストーブを載せたいかだです。よい考えごとのように、ゆっくり回ります。
seats = { $count }人乗り
price = 1時間 <strong>{ NUMBER($price, minimumFractionDigits: 2) }ユーロ</strong>
free = { $count ->
    [0] すべて湖に出ています
   *[other] 桟橋に{ $count }艘
}
choose = これを予約する
