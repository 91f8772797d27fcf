use super::*;

#[test]
fn xliff_1_protects_placeables() {
    let text = xliff::write(&sample(), Version::V1_2);
    assert!(text.contains("<source>Hello, <ph id=\"1\">{ $name }</ph>!</source>"), "{text}");
    assert!(text.contains("<ph id=\"1\">{ $name }</ph>, hallo &amp; &lt;willkommen&gt;!</target>"), "{text}");
    assert!(text.contains("maxwidth=\"30\" size-unit=\"char\""), "{text}");
    assert!(text.contains("<target state=\"needs-translation\"></target>"), "{text}");
}

#[test]
fn xliff_1_as_tools_return_it() {
    let text = r#"<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:m="urn:tool">
  <file original="pricing" source-language="en" target-language="de" datatype="plaintext">
    <header><tool tool-id="t"/></header>
    <body>
      <group id="g">
        <trans-unit id="7" resname="cdata"><source>x</source><target><![CDATA[<b>fett</b> & mehr]]></target>
          <note>copydesk: version=41 kind=html</note><note>Keep it short.</note></trans-unit>
        <trans-unit id="spans"><source>a</source><target
          >vor <g id="1" ctype="bold">fett <mrk mtype="seg" mid="0">&#x263A;</mrk></g> nach</target></trans-unit>
      </group>
      <trans-unit id="moved"><source>Hi <ph id="1">{ $name }</ph> and <ph id="2">{ $other }</ph></source>
        <target><x id="2"/> und <bpt id="9">{ $extra }</bpt><ph id="1"/></target></trans-unit>
      <trans-unit id="lost"><source>a</source><target>b <x id="5"/></target></trans-unit>
      <trans-unit id="copied"><source>same</source><target state="new">same</target></trans-unit>
      <trans-unit id="empty"><source>a</source><target state="translated">
      </target></trans-unit>
      <trans-unit id="1 2"><source>a</source><target>b</target></trans-unit>
      <trans-unit id="broken"><source>a</source><target>b { $</target></trans-unit>
      <trans-unit id="spans"><source>a</source><target>again</target
        ><alt-trans><target>no</target></alt-trans></trans-unit>
    </body>
  </file>
</xliff>"#;
    let returned = xliff::parse(text).expect("XLIFF");
    let expect = [
        ("cdata", "<b>fett</b> & mehr"),
        ("spans", "vor fett \u{263a} nach"),
        ("moved", "{ $other } und { $extra }{ $name }"),
    ];
    assert_eq!(values(&returned), expect);
    assert_eq!(returned.values[0].version, Some(Seq(41)));
    assert_eq!(returned.values[0].kind, Some(Kind::Html));
    assert_eq!(returned.values[0].note, "Keep it short.");
    let lines: Vec<usize> = returned.skipped.iter().map(|skipped| skipped.line).collect();
    assert_eq!(lines, [14, 18, 19, 20], "{:?}", returned.skipped);
    assert!(reasons(&returned)[0].1.contains("<x id=\"5\">"), "{:?}", returned.skipped);
}

#[test]
fn xliff_2_as_tools_return_it() {
    let text = r#"<xliff version="2.1" srcLang="en" trgLang="de" xmlns="urn:oasis:names:tc:xliff:document:2.0">
  <file id="f1" original="pricing">
    <unit id="u1" name="cut">
      <originalData><data id="d1">{ $name }</data
        ><data id="b">&lt;b&gt;</data><data id="e">&lt;/b&gt;</data></originalData>
      <segment id="s1" state="translated"><source>One <ph id="1" dataRef="d1"/>.</source>
        <target order="3">Eins <ph id="1"/>.</target></segment>
      <ignorable><source> </source></ignorable>
      <segment state="translated"><source>Two.</source
        ><target order="1"><pc id="2" dataRefStart="b" dataRefEnd="e">Zwei</pc>.</target></segment>
    </unit>
    <unit id="plain"><segment state="final"><source>a</source
      ><target><pc id="1">b</pc><mrk id="m">c</mrk><cp hex="0007"/></target></segment></unit>
    <unit id="half"><segment><source>a</source><target>b</target></segment><segment><source>c</source></segment></unit>
    <unit id="lost"><segment><source>a</source><target>b<ph id="4" dataRef="d9"/></target></segment></unit>
    <unit id="none"><segment><source>a</source></segment></unit>
  </file>
</xliff>"#;
    let returned = xliff::parse(text).expect("XLIFF");
    assert_eq!(values(&returned), [("cut", "<b>Zwei</b>. Eins { $name }."), ("plain", "bc\u{7}")]);
    assert_eq!(returned.page.as_ref().map(crate::PageId::as_str), Some("pricing"));
    let lines: Vec<usize> = returned.skipped.iter().map(|skipped| skipped.line).collect();
    assert_eq!(lines, [14, 15], "{:?}", returned.skipped);
}

#[test]
fn xml_that_could_harm_is_refused() {
    let doctype = "<!DOCTYPE x [<!ENTITY a \"b\">]><xliff version=\"1.2\"><file>&a;</file></xliff>";
    let deep = format!("<xliff version=\"1.2\">{}", "<g>".repeat(10_000));
    for text in [
        doctype,
        "<xliff version=\"1.2\"><file>&a;</file></xliff>",
        "<xliff version=\"1.2\">",
        "<html/>",
        "",
        deep.as_str(),
    ] {
        assert!(xliff::parse(text).is_err(), "{text}");
    }
    assert!(xliff::parse("<xliff version=\"3.0\"/>").is_err());
}
