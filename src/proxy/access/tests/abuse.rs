//! The conformance table, put to the gate in this process: a test for each ID.

use std::sync::LazyLock;

use conformance::{Case, cases, payloads, run};

use super::site::Site;

/// Signed once for all tests.
static TABLE: LazyLock<Vec<Case>> = LazyLock::new(|| cases::all(&Site::new().issuer()));

fn put(id: &str) {
    let site = Site::new();
    let count = run(&site, TABLE.iter().filter(|case| case.id == id));
    assert!(count.ran() > 0 && count.skipped() == 0, "{id}: {count}");
    assert!(site.fetches.get() <= 1, "{id}: its refusals have keys fetched");
}

macro_rules! cases {
    ($($name:ident: $id:literal),* $(,)?) => {
        $(#[test]
        fn $name() {
            put($id);
        })*

        #[test]
        fn every_case_is_run() {
            let ids = [$($id),*];
            for case in &*TABLE {
                assert!(ids.contains(&case.id), "{}: {}", case.id, case.what);
            }
        }
    };
}

cases! {
    b6_tenant_urls: "B6",
    b10_a_viewer_changes_nothing: "B10",
    c1_another_sites_form: "C1",
    c2_a_sibling_site: "C2",
    c3_odd_origins: "C3",
    c4_no_custom_header: "C4",
    c5_neither_origin_nor_site: "C5",
    c6_other_content_types: "C6",
    c7_preflights: "C7",
    c8_changes_by_get: "C8",
    c9_framing: "C9",
    c11_rebinding: "C11",
    d1_tags_that_are_none: "D1",
    d2_bodies_that_are_not_whole: "D2",
    h1_connection: "H1",
    h2_underscores: "H2",
    h3_headers_that_go_no_further: "H3",
    h4_other_addresses: "H4",
    h5_health_checkers: "H5",
    h6_hosts: "H6",
    h8_the_vendors_headers: "H8",
    h10_cache_deception: "H10",
    h11_lines_in_a_reason: "H11",
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
    l4_large_bodies: "L4",
    p1_dot_segments: "P1",
    p2_encoded_slashes: "P2",
    p3_double_slashes: "P3",
    p4_parameters: "P4",
    p5_case: "P5",
    p6_zero_bytes_and_line_ends: "P6",
    p7_double_encoding: "P7",
    p8_fragments: "P8",
    p9_overlong_and_raw_utf_8: "P9",
    p10_trailing_slashes: "P10",
    p11_absolute_addresses: "P11",
    p12_other_accounts: "P12",
    p13_queries: "P13",
    p14_words_for_ids: "P14",
    p15_methods: "P15",
    p16_files: "P16",
    p17_unknown_data: "P17",
}

#[test]
fn c10_no_redirect_is_to_be_had() {
    let site = Site::new();
    let redirects = payloads::redirects(&site.issuer());
    assert!(redirects.len() >= 500, "{}", redirects.len());
    println!("{}", run(&site, &redirects));
}

#[test]
fn p_no_path_leads_elsewhere() {
    let site = Site::new();
    let paths = payloads::paths(&site.issuer());
    assert!(paths.len() >= 500, "{}", paths.len());
    println!("{}", run(&site, &paths));
}
