//! The words Riskdesk and Cloudflare's user risk scoring service share: wire types, no I/O.
//!
//! Reading is lenient (a level we don't know is kept as it came, an odd or missing field costs
//! that field and never the row or the page); writing is strict (only what the vendor documents
//! can be expressed). Source: Cloudflare's API documentation, "Zero Trust Risk Scoring".
//!
//! - [`envelope`]: success or failure around every answer
//! - [`operations`]: the eleven vendor operations as data
//! - [`users`], [`behaviors`], [`integrations`]: one file a resource
//! - [`identity`]: roles, and who is asking
//! - [`configuration`]: behaviors and integrations as a file, and what differs from one
//! - [`seen`]: what is known of each behavior
//! - [`what_if`]: what other settings of behaviors would have done
//! - [`audit`]: what is put on record about a change
//! - [`bulk`]: many resets as one piece of work
//! - [`demo`]: what the demo is set to
//! - [`details`]: what an event says, of no known shape
//! - [`doctor`]: what is wrong with an integration, as far as can be told
//! - [`ids`], [`level`], [`tenant`]: the small types the others are made of

pub mod audit;
pub mod behaviors;
pub mod bulk;
pub mod configuration;
pub mod csv;
pub mod demo;
pub mod details;
pub mod doctor;
pub mod envelope;
pub mod identity;
pub mod ids;
pub mod integrations;
mod lenient;
pub mod level;
pub mod operations;
pub mod seen;
pub mod tenant;
pub mod users;
pub mod what_if;

pub use audit::{AuditEntry, AuditIntent, AuditOutcome, AuditQuery, AuditState};
pub use behaviors::{Behavior, BehaviorChange, Behaviors, UpdateBehaviors};
pub use configuration::Configuration;
pub use demo::{Demo, DemoChange, DemoFault, Latency, Scenario};
pub use details::{EventDetails, Shape};
pub use envelope::{ApiMessage, Envelope, ResultInfo};
pub use identity::{Role, Whoami, WhoamiKind};
pub use ids::{AccountId, BatchId, BehaviorKey, EventId, IntegrationId, ReferenceId, UserId};
pub use integrations::{CreateIntegration, Integration, IntegrationType, UpdateIntegration};
pub use level::{KnownLevel, RiskLevel};
pub use operations::{Method, Operation, OperationKind};
pub use seen::Seen;
pub use tenant::{TenantUrl, TenantUrlError};
pub use users::{RiskEvent, RiskEvents, RiskSummary, UserRiskInfo};
pub use what_if::WhatIf;
