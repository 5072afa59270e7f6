//! What is done with exceptions.

use cairn_core::{Amount, CredentialId, Date, Relief};
use clap::{Args, Subcommand};

use super::value::{day, extension, pair};

#[derive(Debug, Subcommand)]
pub(crate) enum ExceptionCommand {
    /// Ask for an exception to the published rules for one learner; somebody else must grant it.
    Ask {
        /// The learner's id.
        learner: String,
        /// The qualification's id.
        qualification: String,
        /// The requirement, as `audit --json` and the rules name it; without it, the qualification itself.
        requirement: Option<String>,
        #[command(flatten)]
        relief: ReliefArguments,
        /// The first day on which it holds; without it, it always did.
        #[arg(long, value_name = "DATE", value_parser = day)]
        from: Option<Date>,
        /// The last day on which it holds.
        #[arg(long, value_name = "DATE", value_parser = day)]
        until: Option<Date>,
        #[command(flatten)]
        effect: EffectArguments,
    },
    /// Grant an exception that somebody else has asked for, under the rules in use.
    Grant(DecisionArguments),
    /// Refuse an exception that was asked for.
    Refuse(DecisionArguments),
    /// Take an exception back; it stays on the record.
    Withdraw(DecisionArguments),
    /// List exceptions with how they stand under the rules in use.
    List {
        /// The learner's id; without it, all exceptions of all learners.
        learner: Option<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What is granted: one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ReliefArguments {
    /// Accept this credential there as well.
    #[arg(long, value_name = "CREDENTIAL")]
    allow: Option<CredentialId>,
    /// Let the first credential stand for the second there.
    #[arg(long, value_name = "HELD=WANTED", value_parser = pair)]
    substitute: Option<(CredentialId, CredentialId)>,
    /// Count what is held of this credential there, whatever its grade and its age.
    #[arg(long, value_name = "CREDENTIAL")]
    count_here: Option<CredentialId>,
    /// Need no more than this there.
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<Amount>,
    /// Do not ask for it.
    #[arg(long)]
    waive: bool,
    /// Take what is held of this credential as valid until this day, wherever it counts.
    #[arg(long, value_name = "CREDENTIAL=DATE", value_parser = extension)]
    extend: Option<(CredentialId, Date)>,
}

impl ReliefArguments {
    /// The one that was given.
    pub(crate) fn relief(&self) -> Relief {
        let ReliefArguments { allow, substitute, count_here, amount, waive: _, extend } = self;
        let substitute = substitute.clone().map(|(held, wanted)| Relief::Substitute(held, wanted));
        (allow.clone().map(Relief::Allow))
            .or(substitute)
            .or(count_here.clone().map(Relief::CountHere))
            .or(amount.map(Relief::Amount))
            .or(extend.clone().map(|(held, until)| Relief::Extend(held, until)))
            .unwrap_or(Relief::Waive)
    }
}

/// An exception on a record, and what is decided about it.
#[derive(Debug, Args)]
pub(crate) struct DecisionArguments {
    /// The learner's id.
    pub(crate) learner: String,
    /// Its number, as `exception list` prints it.
    pub(crate) number: u32,
    #[command(flatten)]
    pub(crate) effect: EffectArguments,
}

/// Of what the effect is shown, and who records it.
#[derive(Debug, Args)]
pub(crate) struct EffectArguments {
    /// The day of the audits that show what it would change; today without it.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
    /// Only show what it would change, and record nothing.
    #[arg(long)]
    pub(crate) only_show: bool,
    /// Who asks or decides.
    #[arg(long, default_value = "cairn", env = "CAIRN_ACTOR")]
    pub(crate) actor: String,
    /// Why.
    #[arg(long)]
    pub(crate) reason: String,
}
