//! Values as information systems write them: names in capitals, codes, days, yes and no.

use crate::school::{Laestab, plain_number};
use crate::text::tidy_line;

/// A DfE number without slash or spaces, if it has seven digits.
pub(super) fn laestab(text: &str) -> Option<String> {
    Laestab::parse(&plain_number(text)).ok().map(String::from)
}

/// A name without spaces around it; one in capitals gets small letters, and is told of: nobody knows where `MACDONALD`
/// has its second capital.
pub(super) fn name(text: &str) -> (String, bool) {
    let text = tidy_line(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_in_capitals = letters > 2 && text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if !is_in_capitals {
        return (text, false);
    }
    let mut begins = true;
    let mut small = String::new();
    for c in text.chars() {
        if begins {
            small.push(c)
        } else {
            small.extend(c.to_lowercase())
        }
        begins = !c.is_alphabetic();
    }
    (small, true)
}

/// Sex as records have it.
pub(super) fn sex(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "f" | "female" | "girl" => Some("F"),
        "m" | "male" | "boy" => Some("M"),
        "u" | "unknown" => Some("U"),
        _ => None,
    }
}

/// Yes or no, where it is one of them.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "y" | "yes" | "true" | "t" | "1" => Some(true),
        "n" | "no" | "false" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// SEN provision as the school census has it; `None` for what is no such code, as the withdrawn `S`.
pub(super) fn sen_provision(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "n" | "no sen" | "no special educational need" | "none" => Some("N"),
        "k" | "sen support" | "k - sen support" | "sen support (k)" => Some("K"),
        "e" | "ehcp" | "ehc plan" | "education, health and care plan" | "e - ehcp" => Some("E"),
        _ => None,
    }
}

/// A type of need as the school census has it.
pub(super) fn sen_need(text: &str) -> Option<String> {
    const NEEDS: [&str; 14] =
        ["SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH", "NSA", "DS"];
    Some(text.trim().to_uppercase()).filter(|need| NEEDS.contains(&need.as_str()))
}

/// What a person is to the child, as records have it; `None` for people of services and what nobody knows.
pub(super) fn relationship(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    Some(match text.as_str() {
        "pam" | "mother" | "mum" | "birth mother" => "mother",
        "paf" | "father" | "dad" | "birth father" => "father",
        "stm" | "stf" | "step mother" | "stepmother" | "step-mother" | "step father" | "stepfather" | "step-father"
        | "step parent" | "step-parent" => "step_parent",
        "fom" | "fof" | "foster mother" | "foster father" | "foster carer" | "foster parent" => "foster_carer",
        "grandmother" | "nan" | "nana" | "gran" | "grandma" => "grandmother",
        "grandfather" | "grandad" | "grandpa" | "granddad" => "grandfather",
        "aunt" | "auntie" | "aunty" => "aunt",
        "uncle" => "uncle",
        "brother" | "sister" | "sibling" => "sibling",
        "guardian" | "legal guardian" => "guardian",
        "adoptive mother" | "adoptive father" | "adoptive parent" => "adopter",
        _ => return None,
    })
}

/// Whether a word for a relationship means somebody of a service, who is no part of the household.
pub(super) fn is_of_a_service(text: &str) -> bool {
    const SERVICES: [&str; 14] = [
        "doc",
        "swr",
        "htc",
        "tch",
        "chm",
        "doctor",
        "gp",
        "social worker",
        "head teacher",
        "headteacher",
        "teacher",
        "childminder",
        "nursery",
        "health visitor",
    ];
    SERVICES.contains(&text.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_get_small_letters_and_others_stay() {
        for (written, wanted) in [
            ("EXAMPLE", ("Example", true)),
            ("O'BRIEN-SMITH", ("O'Brien-Smith", true)),
            (" Zoë ", ("Zoë", false)),
            ("McDonald", ("McDonald", false)),
            ("JO", ("JO", false)),
        ] {
            assert_eq!(name(written), (wanted.0.to_owned(), wanted.1), "{written}");
        }
    }
}
