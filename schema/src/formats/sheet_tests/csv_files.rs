use super::*;

#[test]
fn csv_from_excel() {
    let text = "\u{feff}Value;Key;VERSION;Other\r\n\"Zwei\r\nZeilen; mit \"\"Zitat\"\"\";a;41;\r\n'-1;'-brand;;\r\n\
                ;empty;7\r\n\
                x;a;1\r\ny;b;viele\r\nz;1bad;\r\n;;;\r\nkurz;c\r\n";
    let returned = csv_file::parse(text).expect("a table");
    assert_eq!(values(&returned), [("a", "Zwei\nZeilen; mit \"Zitat\""), ("-brand", "-1"), ("c", "kurz")]);
    assert_eq!(returned.values[0].version, Some(Seq(41)));
    assert_eq!(returned.values[1].version, None);
    assert_eq!(returned.skipped.len(), 3, "{:?}", returned.skipped);
    assert_eq!(csv_file::parse("key\tvalue\na\tb, c; d\n").expect("a table").values.len(), 1);
    assert!(csv_file::parse("name,text\na,b\n").is_err());
    assert!(csv_file::parse("").is_err());
}

#[test]
fn csv_holds_no_formulas() {
    let units = ["=1", "+1", "-1", "@a", "\ta", "'=1"].map(|value| unit("-k", value, Some(value)));
    for unit in units {
        let text = csv_file::write(&sheet("de", vec![unit]));
        for cell in text.lines().skip(1).flat_map(|line| line.split(',')) {
            assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@', '\t']), "{text}");
        }
    }
}
