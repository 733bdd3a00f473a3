//! D1 to D6 over a socket: nobody's change is overwritten unseen.

use conformance::{Access, faults::Site, faulty::Faulty, updates, wire::Console};

use crate::{demo::RISK, program::Server, serve::serve};

/// Puts one to a demo of its own.
fn demo(update: fn(&Console)) {
    let server = Server::start(&["demo"]);
    update(&Console::open(server.address, RISK));
}

#[test]
fn d1_a_change_of_behaviors_that_somebody_else_changed_is_412_with_what_there_is() {
    demo(updates::d1_a_change_of_behaviors_that_somebody_else_changed_is_412_with_what_there_is);
}

#[test]
fn d1_the_same_for_an_integration_and_its_deletion() {
    demo(updates::d1_the_same_for_an_integration_and_its_deletion);
}

#[test]
fn d1_of_many_who_saw_the_same_one_is_served() {
    demo(updates::d1_of_many_who_saw_the_same_one_is_served);
}

#[test]
fn d2_a_change_of_an_integration_names_all_that_it_overwrites() {
    demo(updates::d2_a_change_of_an_integration_names_all_that_it_overwrites);
}

#[test]
fn d6_what_was_deleted_meanwhile_is_404_and_nothing_is_sent() {
    demo(updates::d6_what_was_deleted_meanwhile_is_404_and_nothing_is_sent);
}

#[test]
fn a_precondition_that_is_none_or_belongs_elsewhere_is_refused() {
    demo(updates::a_precondition_that_is_none_or_belongs_elsewhere_is_refused);
}

#[test]
fn a_precondition_without_a_value_is_refused() {
    demo(updates::a_precondition_without_a_value_is_refused);
}

#[test]
fn d4_a_creation_that_gets_no_answer_is_sent_once_and_its_outcome_is_unknown() {
    demo(updates::d4_a_creation_that_gets_no_answer_is_sent_once_and_its_outcome_is_unknown);
}

#[test]
fn what_can_not_be_compared_is_not_sent() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    updates::what_can_not_be_compared_is_not_sent(&Site::new(server.address, access, upstream));
}
