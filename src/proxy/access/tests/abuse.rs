//! Runs the abuse cases in this process, each against a read, a change and `whoami`.

use super::{
    cases,
    site::{Outcome, RESET, SUMMARY, Site, WHOAMI},
};

fn run(id: &str) {
    let issuer = Site::new().issuer();
    let mut ran = 0;
    for case in cases::all(&issuer).into_iter().filter(|case| case.id == id) {
        let site = Site::new();
        if let Some(jwks) = case.jwks {
            site.publish(jwks);
        }
        let expected = match case.status {
            400 => Outcome::Answered(400, 994_008),
            401 => Outcome::Answered(401, 994_011),
            _ => Outcome::Answered(403, 994_034),
        };
        let headers: Vec<(&str, &str)> =
            case.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for line in [SUMMARY, RESET, WHOAMI] {
            // Twice: a refusal is never remembered as anything else.
            for _ in 0..2 {
                assert_eq!(site.ask(line, &headers), expected, "{id}: {}: {line}", case.what);
            }
        }
        assert!(site.fetches.get() <= 1, "{id}: {}", case.what);
        ran += 1;
    }
    assert!(ran > 0, "{id} has no case");
}

macro_rules! cases {
    ($($name:ident: $id:literal),* $(,)?) => {
        $(#[test]
        fn $name() {
            run($id);
        })*

        #[test]
        fn every_case_is_run() {
            let ids = [$($id),*];
            for case in cases::all(&Site::new().issuer()) {
                assert!(ids.contains(&case.id), "{}: {}", case.id, case.what);
            }
        }
    };
}

cases! {
    j1_none_sent: "J1",
    j2_alg_none: "J2",
    j3_hmac_with_the_public_key: "J3",
    j4_other_algorithms: "J4",
    j5_empty_or_cut_signature: "J5",
    j6_one_letter_flipped: "J6",
    j8_key_ids: "J8",
    j9_keys_it_brings_along: "J9",
    j10_crit: "J10",
    j11_other_forms: "J11",
    j12_exp: "J12",
    j13_nbf: "J13",
    j14_iat_and_lifetime: "J14",
    j15_aud: "J15",
    j16_iss: "J16",
    j17_type: "J17",
    j18_duplicate_keys: "J18",
    j19_size_depth_padding: "J19",
    j20_published_keys: "J20",
    j21_two_of_them: "J21",
    j22_user_and_service: "J22",
    j23_odd_addresses: "J23",
    j24_no_role: "J24",
    h1_connection: "H1",
    h2_underscores: "H2",
}
