meta-title = { -brand }について
about-title = とても小さな船着き場
about-text = 「{ -brand }」は、ボート12艘と桟橋一つ、やかん一つの貸しボート屋です。どの地図にも見当たらない湖の、いちばん静かな岸にあります。<br>4月に店を開け、初霜とともに閉めます。
heron-title = なぜアオサギなのか
heron-text = 先にいたのは、あちらです。最初の朝、いちばん端の杭の上に<em>片足で立ったまま眠っていて</em>、どいてもらう気にはなれませんでした。いまでは<strong>港の主</strong>です。
facts-title = 数字で見る湖
fact-frogs = <strong>{ NUMBER($frogs) }匹</strong> 前回数えたカエル
fact-naps = <strong>{ NUMBER($share, style: "percent") }</strong> 邪魔されずに終わる昼寝
rules-title = 五つの短い決まり
rules =
    <li><em>眠っていても</em>、全員ライフジャケット着用。</li>
    <li>こぐ人が、かじを取る。</li>
    <li>白鳥が優先。</li>
    <li>エサは、自分たちにだけ。</li>
    <li>鐘は、そっと。</li>
visit-title = 道順
visit-text = 道路の音が聞こえなくなるまで水辺の小道を進み、そこからもう少しだけ。お便りは<a href="mailto:jetty@example.com">jetty@example.com</a>へどうぞ。
