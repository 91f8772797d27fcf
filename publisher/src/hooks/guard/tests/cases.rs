//! The ways there are to write where nobody is to go.

use std::net::IpAddr;

use copydesk_schema::hooks::Refused;

/// Hosts, behind `https://`, with blanks between. `#` begins a remark.
pub(super) const HOSTS: &str = "
    # Loopback: dotted, short, octal, hexadecimal, mixed, one number; with a dot at the end.
    127.0.0.1 127.0.0.2 127.1.2.3 127.255.255.254 127.1 127.0.1 127.0.0.1. 127.1. 0x7f.0x0.0x0.0x1 0x7f.0.0.1
    127.0x0.0.1 127.0.0x0.1 127.0.0.0x1 0X7F.1 0x7f.1. 127.0x1 0177.0.0.1 0177.0.1 0177.1 0177.00.00.01 00177.0.0.1
    000000000177.0.0.1 127.00.00.01 127.000.000.001 127.01 0177.0x0.0.1 0x7f.0.0.01 0177.0x1 0x7f.01 127.0x.0x.0x1
    127.65537 127.0.257 127.16777215 127.0x000001 0x7f.0x00000000000001 0177.0.0x1 2130706433 2130706433. 2130706432
    2147483647 0x7f000001 0x7f000001. 0X7F000001 0x00000000007f000001 017700000001 017700000001. 0000000017700000001
    # This network.
    0 0. 0.0 0.0.0 0.0.0.0 0.0.0.0. 00 0x 0x0 0x00000000 000.000.000.000 0x0.0x0.0x0.0x0 0.1 0.0.0.1
    # Too much, too little, no digits.
    4294967295 4294967296 4294967297 6425673729 18446744073709551616 0x17f000001 256.0.0.1 127.0.0.256 127.0.65536
    127.16777216 127.0.0.1.1 383.0.0.1 127.0.0.08 127.08.0.1 0b1111111.0.0.1 -127.0.0.1 +127.0.0.1 127..0.1 .127.0.0.1
    127.0.0.1.. 127.0.0.0x
    # Percent-encoded, once and twice.
    %31%32%37.0.0.1 127%2e0%2e0%2e1 %31%32%37%2E%30%2E%30%2E%31 127.0.0.%31 %32130706433 0%787f000001 %30x7f.1
    127.0.0.1%2e 127%E3%80%820%E3%80%820%E3%80%821 %EF%BC%91%EF%BC%92%EF%BC%97.1 %6c%6f%63%61%6c%68%6f%73%74
    loc%61lhost localhost%2E 127.0.0.1%00 127.0.0.1%20 127.0.0.1%09 127.0.0.1%0a 127.0.0.1%0d%0a 127.0.0.1%23
    127.0.0.1%2f 127.0.0.1%3a 127.0.0.1%40 %2531%2532%2537.0.0.1 127.0.0.1% 127.0.0.1%zz 127.0.0.1%ff
    # Other digits and dots that Unicode takes for these (full-width ones are written as their codes); characters
    # that it drops.
    \u{ff11}\u{ff12}\u{ff17}\u{ff0e}\u{ff10}\u{ff0e}\u{ff10}\u{ff0e}\u{ff11} \u{ff11}\u{ff12}\u{ff17}.0.0.1
    127\u{ff0e}0\u{ff0e}0\u{ff0e}1 127。0。0。1 127\u{ff61}0\u{ff61}0\u{ff61}1 127.0.0。1 1⃝27.0.0.1 ①②⑦.⓪.⓪.① ⑫⑦.⓪.⓪.①
    ¹²⁷.⁰.⁰.¹ ₁₂₇.₀.₀.₁ 𝟏𝟐𝟕.𝟎.𝟎.𝟏 𝟙𝟚𝟟.𝟘.𝟘.𝟙 𝟣𝟤𝟩.𝟢.𝟢.𝟣 𝟭𝟮𝟳.𝟬.𝟬.𝟭 𝟷𝟸𝟽.𝟶.𝟶.𝟷 \u{ff10}\u{ff58}\u{ff17}\u{ff46}.1 0ˣ7f.1
    \u{ff12}\u{ff11}\u{ff13}\u{ff10}\u{ff17}\u{ff10}\u{ff16}\u{ff14}\u{ff13}\u{ff13}
    \u{ff10}\u{ff11}\u{ff17}\u{ff17}.1 127。1 12\u{ad}7.0.0.1 127.0.0.1\u{200b} 127.0\u{2060}.0.1 12\u{fe0f}7.0.0.1
    127.0.0.1\u{ad} ⒈⒉⒎ 127․0․0․1
    # The machine's own name.
    localhost LOCALHOST LocalHost localhost. localhost.. ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ⓛocalhost
    \u{ff4c}\u{ff4f}\u{ff43}\u{ff41}\u{ff4c}\u{ff48}\u{ff4f}\u{ff53}\u{ff54} 𝐥𝐨𝐜𝐚𝐥𝐡𝐨𝐬𝐭 𝓁ℴ𝒸𝒶𝓁𝒽ℴ𝓈𝓉 ˡᵒᶜᵃˡʰᵒˢᵗ ℒocalhost
    localhoſt loc\u{ad}alhost localho\u{200b}st localhost。 a.localhost a.b.localhost a.localhost.
    localhost.localdomain localhost6 ip6-localhost ip6-loopback
    # Names that a network knows.
    printer router metadata instance-data kubernetes metadata.google.internal metadata.google.internal.
    METADATA.GOOGLE.INTERNAL metadata。google。internal instance-data.ec2.internal kubernetes.default.svc.cluster.local
    raspberrypi.local host.docker.internal gateway.docker.internal nas.lan router.home wiki.corp wiki.intranet
    db.private hub.home.arpa 1.0.0.127.in-addr.arpa expyuzz4wqqyqhjn.onion a.test a.invalid a.example a.alt
    db.interna\u{ad}l
    # Private networks, clouds' metadata, and what is reserved.
    10.0.0.1 10.1 0xa.1 012.1 167772161 10.255.255.255 172.16.0.1 172.31.255.254 172.1048577 192.168.0.1 192.168.1
    192.168.257 0xc0a80001 3232235521 0300.0250.0.1 0xc0.168.1 169.254.169.254 169.254.169.254. 169.254.43518
    169.16689662 2852039166 0xa9fea9fe 0xA9.0xFE.0xA9.0xFE 0251.0376.0251.0376 025177524776 0251.254.169.254
    0xa9.254.43518 \u{ff11}\u{ff16}\u{ff19}.254.169.254 169。254。169。254 ①⑥⑨.②⑤④.①⑥⑨.②⑤④ %31%36%39.254.169.254
    169.254.170.2 168.63.129.16 0xa83f8110 2822734096 0250.077.0201.020 100.100.100.200 1684301000 0x646464c8
    100.64.0.1 100.127.255.254 192.0.0.192 192.0.0.1 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.175.48.1
    198.18.0.1 198.19.255.254 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 0xffffffff
    037777777777
    # IPv6: loopback and unspecified.
    [::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::0001] [0::1] [::0:1] [0:0::1] [0::0:0:1]
    [0:0:0:0:0:0:0.0.0.1] [::0.0.0.1] [::] [0::] [::0] [0:0:0:0:0:0:0:0] [::0.0.0.0] [::0:0.0.0.0]
    # IPv4 within IPv6: mapped, translated, compatible, NAT64, 6to4, Teredo, ISATAP.
    [::ffff:127.0.0.1] [::FFFF:127.0.0.1] [::ffff:7f00:1] [::ffff:7f00:0001] [::FfFf:7F00:1]
    [0:0:0:0:0:ffff:127.0.0.1] [0:0:0:0:0:ffff:7f00:1] [0000:0000:0000:0000:0000:ffff:7f00:0001] [0::ffff:127.0.0.1]
    [::0:ffff:127.0.0.1] [::ffff:127.1.2.3] [::ffff:0:0] [::ffff:0.0.0.0] [::ffff:10.0.0.1] [::ffff:169.254.169.254]
    [::ffff:a9fe:a9fe] [::ffff:192.168.0.1] [::ffff:8.8.8.8] [::ffff:0:127.0.0.1] [::ffff:0:7f00:1] [::127.0.0.1]
    [::7f00:1] [0:0:0:0:0:0:127.0.0.1] [::169.254.169.254] [::10.0.0.1] [::8.8.8.8] [64:ff9b::127.0.0.1]
    [64:ff9b::7f00:1] [0064:FF9B::127.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b::10.0.0.1] [64:ff9b::8.8.8.8]
    [64:ff9b:1::127.0.0.1] [64:ff9b:1::a9fe:a9fe] [64:ff9b:1:ffff:ffff:ffff:7f00:1] [2002:7f00:1::]
    [2002:7f00:0001::1] [2002:a9fe:a9fe::] [2002:a00:1::] [2002:c0a8:1::1] [2002:808:808::] [2001::1]
    [2001:0:4136:e378:8000:63bf:80ff:fffe] [2001:0:7f00:1::] [2001::80ff:fffe] [fe80::5efe:127.0.0.1]
    [2a00:1450::5efe:127.0.0.1] [2a00:1450::200:5efe:127.0.0.1]
    # IPv6 networks of which none is public.
    [fc00::1] [fd00::1] [fd00:ec2::254] [FD00:EC2:0:0:0:0:0:254] [fd20:ce::254]
    [fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff] [fe80::1] [fe80::a9fe:a9fe] [febf::1] [fec0::1] [ff02::1] [ff05::1:3]
    [2001:db8::1] [3fff::1] [100::1] [100:0:0:1::1] [5f00::1] [2001:2::1] [2001:10::1] [2001:20::1] [2620:4f:8000::1]
    [1::1] [4000::1] [8000::1]
    # Zones, and what only careless parsers take for an address.
    [::1%25lo] [::1%lo] [::1%251] [::1%1] [fe80::1%25eth0] [fe80::1%eth0] [fe80::1%252] ::1 [::1 ::1] [[::1]] [::1].
    [::1]a a[::1] [127.0.0.1] [v1.::1] [::ffff:127.1] [::ffff:0x7f.0.0.1] [::ffff:0177.0.0.1] [::ffff:127.0.0.1.]
    [::ffff:2130706433] [::00001] [:1] [::1::] [1:2:3:4:5:6:7:127.0.0.1] [%3a%3a1] %5b::1%5d [::\u{ff11}] [localhost]
    [] [::①]
";

/// Whole addresses, with blanks between; `{p}` is the port of the door.
pub(super) const URLS: &str = "
    # Without https.
    http://127.0.0.1:{p}/ HTTP://127.0.0.1:{p}/ http://localhost:{p}/ hTTp://[::1]:{p}/ http://0:{p}/
    http://hooks.example.com:{p}/ http://2130706433:{p}/ http:127.0.0.1:{p}/ http:/127.0.0.1:{p}/
    # A user that looks like a host, and the other way round.
    https://hooks.example.com@127.0.0.1:{p}/ https://hooks.example.com:443@127.0.0.1:{p}/
    https://user:password@127.0.0.1:{p}/ https://@127.0.0.1:{p}/ https://:@127.0.0.1:{p}/
    https://hooks.example.com%40@127.0.0.1:{p}/ https://hooks.example.com%2f@127.0.0.1:{p}/
    https://hooks.example.com%23@127.0.0.1:{p}/ https://hooks.example.com%5c@127.0.0.1:{p}/ https://a@b@127.0.0.1:{p}/
    https://127.0.0.1:{p}@hooks.example.com/ https://hooks.example.com@[::1]:{p}/
    https://hooks.example.com;@127.0.0.1:{p}/ https://hooks.example.com&@127.0.0.1:{p}/
    https://127.0.0.1:{p}@127.0.0.1:{p}/ https://[hooks.example.com]@127.0.0.1:{p}/
    # What ends a host for one parser and not for another.
    https://hooks.example.com#@127.0.0.1:{p}/ https://127.0.0.1:{p}#@hooks.example.com/
    https://127.0.0.1:{p}?@hooks.example.com/ https://127.0.0.1:{p}/@hooks.example.com/
    https://127.0.0.1:{p}\\@hooks.example.com/ https://hooks.example.com\\@127.0.0.1:{p}/
    https://127.0.0.1:{p};hooks.example.com/ https://127.0.0.1:{p},hooks.example.com/
    https://127.0.0.1,hooks.example.com:{p}/ https://hooks.example.com,127.0.0.1:{p}/
    https://127.0.0.1;hooks.example.com:{p}/ https://127.0.0.1&hooks.example.com:{p}/
    https://hooks.example.com:{p}:127.0.0.1/ https://127.0.0.1:{p}:443/ https://127.0.0.1|hooks.example.com/
    https://127.0.0.1^hooks.example.com:{p}/ https://{127.0.0.1}:{p}/ https://<127.0.0.1>:{p}/
    https://\"127.0.0.1\":{p}/ https://'127.0.0.1':{p}/ https://(127.0.0.1):{p}/ https://*:{p}/
    # Backslashes and slashes, too many and too few.
    https:\\\\127.0.0.1:{p}\\ https:/\\127.0.0.1:{p}/ https:\\/127.0.0.1:{p}/ https:\\127.0.0.1:{p}/
    https://127.0.0.1:{p}\\hook \\\\127.0.0.1:{p}\\hook https:127.0.0.1:{p}/ https:/127.0.0.1:{p}/
    https:///127.0.0.1:{p}/ https://///127.0.0.1:{p}/ //127.0.0.1:{p}/ ///127.0.0.1:{p}/ 127.0.0.1:{p}
    127.0.0.1:{p}/hook localhost:{p}/hook [::1]:{p}/hook /hook hook
    # Other schemes, and https within them.
    HTTPS://127.0.0.1:{p}/ hTTps://LOCALHOST:{p}/ ftp://127.0.0.1:{p}/ ws://127.0.0.1:{p}/ wss://127.0.0.1:{p}/
    file:///etc/passwd file://127.0.0.1/etc/passwd file://localhost/etc/passwd gopher://127.0.0.1:{p}/_x
    dict://127.0.0.1:{p}/x ldap://127.0.0.1:{p}/ tftp://127.0.0.1:{p}/x sftp://127.0.0.1:{p}/ ssh://127.0.0.1:{p}/
    telnet://127.0.0.1:{p}/ smb://127.0.0.1:{p}/x redis://127.0.0.1:{p}/ h2c://127.0.0.1:{p}/ socks5://127.0.0.1:{p}/
    unix:///var/run/docker.sock http+unix://%2Fvar%2Frun%2Fdocker.sock/ jar:https://127.0.0.1:{p}!/
    blob:https://127.0.0.1:{p}/x view-source:https://127.0.0.1:{p}/ url:https://127.0.0.1:{p}/
    feed:https://127.0.0.1:{p}/ netdoc:///etc/passwd data:text/html,x javascript:fetch('https://127.0.0.1:{p}/')
    mailto:root@127.0.0.1 about:blank httpss://127.0.0.1:{p}/ https//127.0.0.1:{p}/
    # Ports that are none, and no host.
    https://127.0.0.1/ https://127.0.0.1:/ https://127.0.0.1:443/ https://127.0.0.1:0/ https://127.0.0.1:0{p}/
    https://127.0.0.1:+{p}/ https://127.0.0.1:-{p}/ https://127.0.0.1:65536/ https://127.0.0.1:{p}1000/
    https://127.0.0.1:%31/ https://localhost:22/ https://:{p}/ https:// https: https://?127.0.0.1:{p}
    https://#127.0.0.1:{p} https://.:{p}/ https://..:{p}/
";

/// Addresses with blanks in them, line breaks, and other characters that are dropped or end something.
pub(super) const BLANKS: &[&str] = &[
    "https://127.0.0.1:{p}/ ",
    " https://127.0.0.1:{p}/",
    "\thttps://127.0.0.1:{p}/",
    "ht\ntps://127.0.0.1:{p}/",
    "https:\n//127.0.0.1:{p}/",
    "https:/\t/127.0.0.1:{p}/",
    "https://\t127.0.0.1:{p}/",
    "https://127.\t0.0.1:{p}/",
    "https://127.0.0.1\n:{p}/",
    "https://127.0.0.1:\r{p}/",
    "https://127.0.0.1:{p}\r\n/",
    "https://local\thost:{p}/",
    "https://[:\n:1]:{p}/",
    "https://127.0.0.1 :{p}/",
    "https://127.0.0.1:{p}/\r\nHost: hooks.example.com",
    "https://hooks.example.com\r\n@127.0.0.1:{p}/",
    "https://hooks.example.com @127.0.0.1:{p}/",
    "https://127.0.0.1\u{a0}:{p}/",
    "https://127.0.0.1\u{3000}:{p}/",
    "https://127.0.0.1\u{2028}:{p}/",
    "https://127.0.0.1\u{85}:{p}/",
    "https://127.0.0.1\u{0}:{p}/",
    "https://127.0.0.1\u{7f}:{p}/",
    "\u{0}https://127.0.0.1:{p}/",
    "\u{1f}https://127.0.0.1:{p}/",
    "\u{feff}https://127.0.0.1:{p}/",
    "",
];

/// What a name may be said to lead to; where there are several, some are public.
pub(super) const ANSWERS: &[&str] = &[
    "127.0.0.1",
    "127.8.9.10",
    "::1",
    "0.0.0.0",
    "::",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "255.255.255.255",
    "224.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001::80ff:fffe",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "5f00::1",
    "2a00:1450::5efe:7f00:1",
    "93.184.216.34 127.0.0.1",
    "127.0.0.1 93.184.216.34",
    "2606:4700:4700::1111 ::1",
    "::1 93.184.216.34",
    "93.184.216.34 1.1.1.1 10.0.0.1 8.8.8.8",
    "2606:4700:4700::1111 169.254.169.254",
];

/// First and last address of what is reserved, and the public neighbours, where it has any.
pub(super) const RANGES: &[[&str; 4]] = &[
    ["0.0.0.0", "0.255.255.255", "", "1.0.0.0"],
    ["10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
    ["100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
    ["127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
    ["168.63.129.16", "168.63.129.16", "168.63.129.15", "168.63.129.17"],
    ["169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
    ["172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
    ["192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
    ["192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
    ["192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"],
    ["192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0"],
    ["192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
    ["192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
    ["192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"],
    ["198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
    ["198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
    ["203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
    ["224.0.0.0", "239.255.255.255", "223.255.255.255", ""],
    ["240.0.0.0", "255.255.255.255", "", ""],
    ["::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", "2000::"],
    ["::", "::ffff:ffff:ffff", "", ""],
    ["64:ff9b::", "64:ff9b::ffff:ffff", "", ""],
    ["64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "", ""],
    ["100::", "100::ffff:ffff:ffff:ffff", "", ""],
    ["2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::"],
    ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"],
    ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::"],
    ["2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", "2620:4f:7fff:ffff::", "2620:4f:8001::"],
    ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::"],
    ["4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ""],
    ["5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", ""],
    ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", ""],
    ["fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", ""],
    ["fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", ""],
    ["ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", ""],
    ["2a00::5efe:0:0", "2a00::5efe:ffff:ffff", "2a00::5efd:ffff:ffff", "2a00::5eff:0:0"],
    ["2a00::200:5efe:0:0", "2a00::200:5efe:ffff:ffff", "2a00::200:5efd:ffff:ffff", "2a00::200:5eff:0:0"],
];

/// What may be written, and how it is saved.
pub(super) const ALLOWED: [(&str, &str); 12] = [
    ("https://hooks.example.com/copydesk", "https://hooks.example.com/copydesk"),
    ("HTTPS://Hooks.Example.COM", "https://hooks.example.com/"),
    ("https://hooks.example.com:443/a?b=c%5C", "https://hooks.example.com/a?b=c%5C"),
    ("https://hooks.example.com:8443/", "https://hooks.example.com:8443/"),
    ("https://hooks.example.com:1024/", "https://hooks.example.com:1024/"),
    ("https://hooks.example.com:65535/", "https://hooks.example.com:65535/"),
    ("https://bücher.example.com/ä", "https://xn--bcher-kva.example.com/%C3%A4"),
    ("https://my_app.example.com/?to=https://127.0.0.1/", "https://my_app.example.com/?to=https://127.0.0.1/"),
    ("https://hooks.example.com/a/../b", "https://hooks.example.com/b"),
    ("https://93.184.216.34/", "https://93.184.216.34/"),
    ("https://1.1/", "https://1.0.0.1/"),
    ("https://[2606:4700:4700::1111]:8443/", "https://[2606:4700:4700::1111]:8443/"),
];

/// One refusal of each kind.
pub(super) fn refusals() -> Vec<(String, Refused)> {
    let address = |text: &str| Refused::Address(text.parse::<IpAddr>().unwrap());
    let long = "a".repeat(64);
    let name = |host: &str| (format!("https://{host}/"), Refused::Name(host.to_owned()));
    let mut refusals = vec![
        name("hooks.example.com."),
        name("hooks..example.com"),
        name("hooks.ex*mple.com"),
        name(&format!("{long}.example.com")),
        name(&format!("{}com", "abcdefghi.".repeat(26))),
    ];
    let others = [
        ("https://hooks.example.com/a b", Refused::Characters),
        ("https://hooks.example.com/\n", Refused::Characters),
        ("https://hooks.example.com/\u{0}", Refused::Characters),
        ("https://hooks.example.com\\a", Refused::Characters),
        ("hooks.example.com", Refused::Unreadable(url::ParseError::RelativeUrlWithoutBase)),
        ("http://hooks.example.com/", Refused::NotHttps),
        ("http://127.0.0.1/", Refused::NotHttps),
        ("https://token@hooks.example.com/", Refused::UserInfo),
        ("https://:token@hooks.example.com/", Refused::UserInfo),
        ("https://hooks.example.com/#", Refused::Fragment),
        ("https://hooks.example.com:0/", Refused::Port(0)),
        ("https://hooks.example.com:25/", Refused::Port(25)),
        ("https://hooks.example.com:1023/", Refused::Port(1023)),
        ("https://printer/", Refused::Inside("printer".to_owned())),
        ("https://Printer.Local/", Refused::Inside("printer.local".to_owned())),
        ("https://0x7f.1/", address("127.0.0.1")),
        ("https://[::1]/", address("::1")),
    ];
    refusals.extend(others.map(|(text, refused)| (text.to_owned(), refused)));
    refusals
}
