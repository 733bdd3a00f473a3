//! What will change: staged edits laid over what holds now.

use std::collections::BTreeMap;

use model::{
    Behavior, BehaviorChange, BehaviorKey, Behaviors, KnownLevel, RiskLevel, UpdateBehaviors,
};

/// What the person changed of one behavior. A field they left alone follows the vendor's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub enabled: Option<bool>,
    pub level: Option<KnownLevel>,
    /// What they saw when they did.
    pub seen: Setting,
}

/// The part of a behavior that can be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    pub enabled: bool,
    pub level: Option<RiskLevel>,
}

/// One behavior that will change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: BehaviorKey,
    pub name: String,
    pub before: Setting,
    pub after: Setting,
    /// What its author saw, where somebody else has changed that since.
    pub seen: Option<Setting>,
    /// What is sent.
    pub send: BehaviorChange,
}

impl Setting {
    pub fn of(behavior: &Behavior) -> Self {
        Self { enabled: behavior.enabled, level: behavior.risk_level.clone() }
    }

    pub fn known_level(&self) -> Option<KnownLevel> {
        self.level.as_ref().and_then(RiskLevel::known)
    }

    /// This setting with the draft's edits.
    pub fn with(&self, draft: &Draft) -> Self {
        Self {
            enabled: draft.enabled.unwrap_or(self.enabled),
            level: draft.level.map(RiskLevel::from).or_else(|| self.level.clone()),
        }
    }
}

impl Draft {
    /// What is left of the draft over `now`: an edit that equals what holds is none, and nothing
    /// can be sent without one of the three levels.
    pub fn settled(&self, now: &Setting) -> Option<Self> {
        let level = self.level.filter(|level| now.known_level() != Some(*level));
        let sendable = level.is_some() || now.known_level().is_some();
        let enabled = self.enabled.filter(|enabled| sendable && *enabled != now.enabled);
        (level.is_some() || enabled.is_some()).then(|| Self {
            enabled,
            level,
            seen: self.seen.clone(),
        })
    }
}

/// The name people know a behavior by; its key, where it has none.
pub fn name(key: &BehaviorKey, behavior: &Behavior) -> String {
    if behavior.name.trim().is_empty() { key.0.clone() } else { behavior.name.clone() }
}

/// The drafts that still change something.
pub fn settle(
    drafts: &BTreeMap<BehaviorKey, Draft>,
    now: &Behaviors,
) -> BTreeMap<BehaviorKey, Draft> {
    let settled = |(key, draft): (&BehaviorKey, &Draft)| {
        let setting = Setting::of(now.behaviors.get(key)?);
        Some((key.clone(), draft.settled(&setting)?))
    };
    drafts.iter().filter_map(settled).collect()
}

/// What one draft changes.
pub fn change(key: &BehaviorKey, behavior: &Behavior, draft: &Draft) -> Option<Change> {
    let before = Setting::of(behavior);
    let draft = draft.settled(&before)?;
    let after = before.with(&draft);
    let send = BehaviorChange { enabled: after.enabled, risk_level: after.known_level()? };
    let seen = (draft.seen != before).then_some(draft.seen);
    Some(Change { key: key.clone(), name: name(key, behavior), before, after, seen, send })
}

/// Everything that will change, by name.
pub fn changes(drafts: &BTreeMap<BehaviorKey, Draft>, now: &Behaviors) -> Vec<Change> {
    let changes =
        drafts.iter().filter_map(|(key, draft)| change(key, now.behaviors.get(key)?, draft));
    by_name(changes.map(|change| (change.name.to_lowercase(), change)))
}

/// In the order of the names.
pub fn by_name<T>(named: impl Iterator<Item = (String, T)>) -> Vec<T> {
    let mut sorted: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for (name, item) in named {
        sorted.entry(name).or_default().push(item);
    }
    sorted.into_values().flatten().collect()
}

/// Only what changes.
pub fn update(changes: &[Change]) -> UpdateBehaviors {
    let send = |change: &Change| (change.key.clone(), change.send);
    UpdateBehaviors { behaviors: changes.iter().map(send).collect() }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn behaviors(all: &[(&str, bool, Option<&str>)]) -> Behaviors {
        let behavior = |(key, enabled, level): &(&str, bool, Option<&str>)| {
            let risk_level = level.map(RiskLevel::from);
            let behavior = Behavior { enabled: *enabled, risk_level, ..Behavior::default() };
            (BehaviorKey((*key).to_owned()), behavior)
        };
        Behaviors { behaviors: all.iter().map(behavior).collect() }
    }

    fn drafts(all: &[(&str, Option<bool>, Option<KnownLevel>)]) -> BTreeMap<BehaviorKey, Draft> {
        let draft = |(key, enabled, level): &(&str, Option<bool>, Option<KnownLevel>)| {
            let draft = Draft { enabled: *enabled, level: *level, ..Draft::default() };
            (BehaviorKey((*key).to_owned()), draft)
        };
        all.iter().map(draft).collect()
    }

    #[wasm_bindgen_test]
    fn only_what_differs_is_sent_and_whole() {
        let now = behaviors(&[("a", true, Some("low")), ("b", false, Some("high"))]);
        let drafts = drafts(&[("a", Some(true), None), ("b", Some(true), Some(KnownLevel::High))]);
        let changes = changes(&drafts, &now);
        let sent = update(&changes).behaviors;
        let expected = BehaviorChange { enabled: true, risk_level: KnownLevel::High };
        assert_eq!(sent, BTreeMap::from([(BehaviorKey("b".to_owned()), expected)]));
        assert!(!changes[0].before.enabled && changes[0].after.enabled);
    }

    #[wasm_bindgen_test]
    fn a_field_left_alone_follows_the_vendor() {
        let drafts = drafts(&[("a", Some(false), None)]);
        let changes = changes(&drafts, &behaviors(&[("a", true, Some("high"))]));
        assert_eq!(changes[0].send.risk_level, KnownLevel::High);
    }

    #[wasm_bindgen_test]
    fn d1_what_somebody_else_changed_under_an_edit_is_told() {
        let now = behaviors(&[("a", true, Some("high"))]);
        let mut staged = drafts(&[("a", Some(false), None)]);
        let draft = staged.values_mut().next().unwrap();
        draft.seen = Setting { enabled: true, level: Some(RiskLevel::High) };
        assert_eq!(changes(&staged, &now)[0].seen, None);
        let theirs = behaviors(&[("a", true, Some("low"))]);
        let changes = changes(&staged, &theirs);
        assert_eq!(changes[0].seen.as_ref().unwrap().level, Some(RiskLevel::High));
        // Nothing of theirs goes: the level is what they made it.
        assert_eq!(changes[0].send.risk_level, KnownLevel::Low);
    }

    #[wasm_bindgen_test]
    fn what_came_true_or_vanished_is_dropped_for_good() {
        let staged = drafts(&[("a", None, Some(KnownLevel::High)), ("gone", Some(true), None)]);
        let left = settle(&staged, &behaviors(&[("a", true, Some("high"))]));
        assert_eq!(left, BTreeMap::new());
    }

    #[wasm_bindgen_test]
    fn an_unknown_level_is_never_written_back() {
        for level in [None, Some("critical")] {
            let now = behaviors(&[("a", true, level)]);
            assert_eq!(changes(&drafts(&[("a", Some(false), None)]), &now), []);
            let chosen = drafts(&[("a", Some(false), Some(KnownLevel::Low))]);
            let sent = changes(&chosen, &now)[0].send;
            assert_eq!(sent, BehaviorChange { enabled: false, risk_level: KnownLevel::Low });
        }
    }
}
