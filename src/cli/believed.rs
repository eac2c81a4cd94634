//! Whether what a school has signed is believed here.

use super::terminal::plain;
use crate::record::Day;
use crate::school::Urn;
use crate::sign::Certificate;
use crate::verify::Trust;

/// The school whose certificate it is, as it is confirmed here, if that is the one with this URN; else why it is not believed.
pub(super) fn believed(certificate: &Certificate, from: &Urn, trust: &Trust, today: Day) -> Result<String, String> {
    if certificate.urn().is_some_and(|urn| urn != *from) {
        return Err("it names another school than the one that has signed it".to_owned());
    }
    let noon = today.0.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok().map(|noon| noon.timestamp());
    if noon.is_none_or(|noon| !certificate.is_valid_at(noon)) {
        return Err("the certificate that has signed it is not valid today: ask the school for its new one".to_owned());
    }
    let signer = trust.find(certificate, None, Some(from.clone()), today.0);
    match signer.map_err(|refusal| refusal.to_string())? {
        Some(signer) => Ok(signer.school.clone()),
        None => Err(format!(
            "it is signed by {}, and nobody here has confirmed that school; run `handover trust add FILE` while it reads out its twelve words",
            plain(&certificate.holder())
        )),
    }
}
