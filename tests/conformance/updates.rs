//! D1 to D6: nobody's change is overwritten unseen. Each is a function of an admin in front of
//! simulated data; of the record it looks at no more than what it added itself.

use std::thread;

use serde_json::{Value, json};

use crate::{
    Answer,
    faults::Site,
    faulty::{Act, GOOD},
    wire::{Console, LEVELS, OWN_PAGE},
};

fn read(admin: &Console, path: &str) -> Answer {
    let answer = admin.get(&format!("{{R}}{path}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

/// A change by somebody who saw what has this tag.
fn change(admin: &Console, line: &str, seen: &str, body: &Value) -> Answer {
    let more = format!("{OWN_PAGE}\nIf-Match: {seen}");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    admin.ask(line, &more, &body)
}

fn levels(level: &str) -> Value {
    json!({"behaviors": {"imp_travel": {"enabled": true, "risk_level": level}}})
}

fn integration(admin: &Console) -> Value {
    read(admin, "/integrations").json()["result"][0].clone()
}

fn changes_on_record(admin: &Console) -> usize {
    let log = admin.get("/api/v1/audit?limit=500").json();
    log["result"].as_array().expect("lines are a list").len()
}

pub fn d1_a_change_of_behaviors_that_somebody_else_changed_is_412_with_what_there_is(
    admin: &Console,
) {
    let before = changes_on_record(admin);
    let seen = read(admin, "/behaviors");
    assert_eq!(seen.header("etag").len(), 24, "{}", seen.header("etag"));
    assert_eq!(read(admin, "/behaviors").header("etag"), seen.header("etag"));

    let put = |seen: &Answer, level| {
        change(admin, "PUT {R}/behaviors", seen.header("etag"), &levels(level))
    };
    assert_eq!(put(&seen, "low").status, 200);
    let late = put(&seen, "medium");
    assert_eq!(late.refusal(), (412, 994_121), "{}", late.text());
    let now = read(admin, "/behaviors");
    assert_eq!(now.json()["result"]["behaviors"]["imp_travel"]["risk_level"], "low");
    assert_eq!(late.json()["result"], now.json()["result"]);
    assert_eq!(late.header("etag"), now.header("etag"));
    assert_eq!(changes_on_record(admin), before + 1, "what was not sent is no change");

    assert_eq!(put(&late, "medium").status, 200, "on top of what there is now");
    assert_eq!(changes_on_record(admin), before + 2);
}

/// The integration is gone after it.
pub fn d1_the_same_for_an_integration_and_its_deletion(admin: &Console) {
    let known = integration(admin);
    let path = format!("/integrations/{}", known["id"].as_str().expect("it has an ID"));
    let seen = read(admin, &path);
    let reference = known["reference_id"].as_str().expect("it has a reference");
    let by_reference = format!("/integrations/reference_id/{reference}");
    assert_eq!(read(admin, &by_reference).header("etag"), seen.header("etag"));
    assert_eq!(read(admin, "/integrations").header("etag"), "", "a list can't be changed");

    let body = |active: bool| json!({"tenant_url": known["tenant_url"], "reference_id": known["reference_id"], "active": active});
    let (put, delete) = (format!("PUT {{R}}{path}"), format!("DELETE {{R}}{path}"));
    let paused = change(admin, &put, seen.header("etag"), &body(false));
    assert_eq!(paused.status, 200, "{}", paused.text());
    assert_eq!(paused.header("etag"), read(admin, &path).header("etag"));
    for late in [
        change(admin, &put, seen.header("etag"), &body(true)),
        change(admin, &delete, seen.header("etag"), &Value::Null),
    ] {
        assert_eq!(late.refusal(), (412, 994_121), "{}", late.text());
        assert_eq!(late.json()["result"], paused.json()["result"]);
    }
    assert_eq!(change(admin, &delete, paused.header("etag"), &Value::Null).status, 200);
}

pub fn d1_of_many_who_saw_the_same_one_is_served(admin: &Console) {
    let on_record = changes_on_record(admin);
    let seen = read(admin, "/behaviors");
    let before = seen.json()["result"]["behaviors"]["imp_travel"]["risk_level"].clone();
    let others: Vec<&str> =
        ["low", "medium", "high"].into_iter().filter(|level| before != *level).collect();
    let answers: Vec<u16> = thread::scope(|scope| {
        let put = |number: usize| {
            let (tag, level) = (seen.header("etag"), others[number % 2]);
            scope.spawn(move || change(admin, "PUT {R}/behaviors", tag, &levels(level)).status)
        };
        let threads: Vec<_> = (0..16).map(put).collect();
        threads.into_iter().map(|thread| thread.join().expect("it answers")).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 412).count(), 15, "{answers:?}");
    assert_eq!(changes_on_record(admin), on_record + 1);
}

/// D2 is the app's to heed; here, that a part of the three is never sent.
pub fn d2_a_change_of_an_integration_names_all_that_it_overwrites(admin: &Console) {
    let before = changes_on_record(admin);
    let known = integration(admin);
    let put = format!("PUT {{R}}/integrations/{}", known["id"].as_str().expect("it has an ID"));
    let partial = json!({"tenant_url": known["tenant_url"]});
    assert_eq!(change(admin, &put, "*", &partial).refusal(), (422, 994_221));
    assert_eq!(integration(admin), known);
    assert_eq!(changes_on_record(admin), before);
}

/// The integration is gone after it.
pub fn d6_what_was_deleted_meanwhile_is_404_and_nothing_is_sent(admin: &Console) {
    let before = changes_on_record(admin);
    let known = integration(admin);
    let path = format!("/integrations/{}", known["id"].as_str().expect("it has an ID"));
    let seen = read(admin, &path);
    let delete = format!("DELETE {{R}}{path}");
    assert_eq!(change(admin, &delete, "*", &Value::Null).status, 200);
    let body = json!({"tenant_url": known["tenant_url"], "reference_id": null, "active": true});
    let late = change(admin, &format!("PUT {{R}}{path}"), seen.header("etag"), &body);
    assert_eq!(late.status, 404, "{}", late.text());
    assert_eq!(late.header("etag"), "");
    assert_eq!(change(admin, &delete, "*", &Value::Null).status, 404);
    assert_eq!(changes_on_record(admin), before + 1);
}

pub fn a_precondition_that_is_none_or_belongs_elsewhere_is_refused(admin: &Console) {
    let before = changes_on_record(admin);
    let put = |seen| change(admin, "PUT {R}/behaviors", seen, &levels("low")).refusal();
    for odd in ["x", "W/\"x\"", "\"x"] {
        assert_eq!(put(odd), (400, 994_009), "{odd}");
    }
    assert_eq!(put("\"x\""), (412, 994_121));
    let new = json!({"integration_type": "Okta", "tenant_url": "https://new.okta.com"});
    assert_eq!(change(admin, "POST {R}/integrations", "*", &new).refusal(), (400, 994_009));
    assert_eq!(change(admin, "GET {R}/behaviors", "*", &Value::Null).refusal(), (400, 994_009));
    assert_eq!(changes_on_record(admin), before);
}

/// Not for a host whose runtime drops a header without a value.
pub fn a_precondition_without_a_value_is_refused(admin: &Console) {
    let before = changes_on_record(admin);
    let put = change(admin, "PUT {R}/behaviors", "", &levels("low"));
    assert_eq!(put.refusal(), (400, 994_009));
    assert_eq!(changes_on_record(admin), before);
}

pub fn d4_a_creation_that_gets_no_answer_is_sent_once_and_its_outcome_is_unknown(admin: &Console) {
    let new = r#"{"integration_type":"Okta","tenant_url":"https://times-out.okta.com"}"#;
    let late = admin.ask("POST {R}/integrations", OWN_PAGE, new);
    assert_eq!(late.status, 504);
    assert!(late.text().contains("Outcome unknown"), "{}", late.text());
    let all = read(admin, "/integrations").json();
    let all = all["result"].as_array().expect("integrations are a list").iter();
    assert_eq!(all.filter(|one| one["tenant_url"] == "https://times-out.okta.com").count(), 1);
    let log = admin.get("/api/v1/audit").json();
    assert_eq!(log["result"][0]["state"], "unknown");
    assert_ne!(log["result"][1]["operation"], "create_integration");
}

pub fn what_can_not_be_compared_is_not_sent(site: &Site) {
    let before = site.upstream.calls("PUT /behaviors");
    let save = |look: &Act, more: &str| {
        site.upstream.plan("GET /behaviors", [look.clone()]);
        site.admin.ask("PUT {R}/behaviors", &format!("{OWN_PAGE}{more}"), LEVELS)
    };
    let failure = r#"{"success":false,"errors":[{"code":1000,"message":"No"}]}"#;
    for (look, refusal) in [
        (Act::say(500, failure), (503, 995_035)),
        (Act::say(200, failure), (503, 995_035)),
        (Act::say(200, GOOD), (503, 995_035)),
        (Act::say(200, "<html>"), (503, 995_035)),
        (Act::Half, (503, 995_035)),
        (Act::Reset, (503, 995_035)),
        (Act::say(404, failure), (404, 1000)),
        (Act::say(403, failure), (403, 1000)),
    ] {
        let answer = save(&look, "\nIf-Match: *");
        assert_eq!(answer.refusal(), refusal, "{look:?}: {}", answer.text());
        assert_eq!(site.upstream.calls("PUT /behaviors"), before, "{look:?}");
    }
    assert!(site.record().is_empty());
    assert_eq!(save(&Act::Reset, "").status, 200, "without a precondition it goes on");
    assert_eq!(site.upstream.calls("PUT /behaviors"), before + 1);
    assert_eq!(site.record(), ["succeeded"]);
}
