fn main(){
    use handover::{check::*, document::*, record::*, sign::*};
    let args: Vec<String> = std::env::args().collect();
    let b = std::fs::read(&args[1]).unwrap();
    let today: Day = "2026-07-10".parse().unwrap();
    let o = check(vec![read(&args[1], &b)], &Policy::default(), today);
    print!("{}", handover::problem::render_human(&[o[0].report.clone()], true, false));
    let Some(c) = &o[0].checked else { return };
    let e = Engine::default();
    let stamp = Stamp { reference: "TEST-0001".into(), day: today, early_help_threshold: 85, seal: vec!["Sealed".into()] };
    let at: jiff::Timestamp = "2026-07-10T00:00:00Z".parse().unwrap();
    let mut r = zeroize::Zeroizing::new([7u8;40]); getrandom::fill(&mut r[..]).unwrap();
    let id = Identity::generate(&School{name:"Example Junior, School".into(), urn:"100001".into()}, at, &r).unwrap();
    let p12 = id.to_pkcs12("secret").unwrap();
    std::fs::write("/tmp/id.p12", &p12).unwrap();
    std::fs::write("/tmp/id.pem", id.certificate().pem()).unwrap();
    let id = if let Some(f) = args.get(2) { Identity::from_pkcs12(&std::fs::read(f).unwrap(), "secret").unwrap() } else { Identity::from_pkcs12(&p12, "secret").unwrap() };
    println!("{:?} {:?}", Identity::from_pkcs12(&p12, "wrong").err(), id.certificate().fingerprint().words());
    std::fs::write("/tmp/m.json", b"hello").unwrap();
    std::fs::write("/tmp/m.p7s", sign_detached(&id, b"hello").unwrap()).unwrap();
    println!("{:?}", read_detached(&std::fs::read("/tmp/m.p7s").unwrap(), b"hello", false).is_ok());
    for k in [PackKind::Profile, PackKind::General, PackKind::Send, PackKind::Safeguarding] {
        match render(&e, c, k, &stamp) { Ok(p) => {
            std::fs::write("/tmp/raw.pdf", &p.pdf).unwrap(); let s = seal_pdf(&id, &p.pdf, &SealPlace{ rectangle: [51, 20, 300, 50], description: "Seal of Example".into(), name: "Example Junior".into() }, at).unwrap();
            println!("{:?}", read_seal(&s.pdf, "2026-07-11T00:00:00Z".parse().unwrap()).map(|s| s.certificate.holder()));
            std::fs::write(format!("/tmp/out-{}.pdf", k.key()), s.pdf).unwrap() }, Err(e) => println!("{e}") }
    }
}
