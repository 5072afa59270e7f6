//! The tables of a test that stands beside the rules.

use crate::{
    At, Named, Scalar,
    document::{
        BoundTable, Name, Number,
        read::{plain_or_facts, tables},
    },
};

tables! {
    /// `[[test]]`: a learner in a few words, and what an audit of them must say.
    pub struct RuleTestTable {
        /// What is tested, in a sentence.
        name: String,
        /// The qualification that is asked about; that of the file if it has one.
        qualification: Name,
        /// Other qualifications that are asked about at once, under the policies that bind all of them.
        beside: Vec<At<Name>>,
        /// The outcome that is asked about, of a qualification with several titles.
        outcome: Name,
        /// The day of the audit.
        on: Number,
        /// What is taken to be had: `earned`, `in-progress` or `planned`.
        scenario: String,
        /// What the learner holds: ids, `@requirement`, or tables with the facts of a holding.
        holds: Vec<At<HeldTable>>,
        /// What is confirmed by evidence: keys, or tables with the amount.
        attests: Vec<At<AttestedTable>>,
        /// What the audit must say.
        expect: ExpectTable,
    }

    /// The written-out form of a holding of a test.
    pub struct HeldFactsTable {
        /// The credential, or the qualification that was awarded.
        credential: Name,
        /// The day of the award.
        awarded: Number,
        /// The last day it is valid.
        expires: Number,
        /// The grade.
        grade: Number,
        /// Credits, where they differ from those of the credential.
        credits: Number,
        /// The scheme of these credits, where it is not that of the credential.
        scheme: Name,
        /// The issuer, where it differs from that of the credential.
        issuer: Name,
        /// How it came to be on the record: `earned`, `recognised` or `transferred`.
        source: String,
        /// Where it stands: `earned`, `in-progress`, `planned` or `revoked`.
        state: String,
        /// Of an award: the credentials that earned it, one as often as it counted.
        components: Vec<At<Name>>,
        /// Facts that beat the attributes of the credential.
        attributes: Named<Vec<At<Scalar>>>,
    }

    /// The written-out form of an attestation of a test.
    pub struct AttestedFactsTable {
        /// What is confirmed.
        key: Name,
        /// How much of it.
        amount: Number,
        /// The day from which it counts.
        on: Number,
    }

    /// What an audit must say. Only what is written is compared.
    pub struct ExpectTable {
        /// Whether the qualification is complete.
        complete: bool,
        /// Whether nothing that can be earned would complete it.
        unreachable: bool,
        /// How much remains, in one or several measures.
        remaining: RemainingTable,
        /// How much of what is held counts toward requirements, by their names.
        counted: Named<BoundTable>,
        /// The outcomes that are reached, and no others.
        outcomes: Vec<At<Name>>,
        /// Requirements that are met by what is held.
        met: Vec<At<Name>>,
        /// Requirements that are not met by what is held.
        open: Vec<At<Name>>,
        /// All that is to be earned, awarded or confirmed, in any order.
        next: Vec<At<Name>>,
        /// Of a test of several qualifications: what is said of each of them, by its id.
        each: Named<ExpectOfOneTable>,
    }

    /// What an audit of several qualifications must say of one of them.
    pub struct ExpectOfOneTable {
        /// Whether what is held completes it beside the others.
        complete: bool,
        /// How much of what is held counts toward its requirements, by their names.
        counted: Named<BoundTable>,
        /// Requirements of it that are met by what is held.
        met: Vec<At<Name>>,
        /// Requirements of it that are not met by what is held.
        open: Vec<At<Name>>,
    }

    /// How much must remain.
    pub struct RemainingTable {
        /// So many credentials.
        count: Number,
        /// So many credits.
        credits: Number,
        /// So much in cost.
        cost: Number,
        /// So much effort.
        effort: Number,
        /// So many confirmations of evidence, where the qualification's own measure counts first.
        attestations: Number,
    }
}

plain_or_facts! {
    /// A holding of a test: its credential alone, or `@requirement`; or its facts in a table.
    HeldTable: HeldFactsTable,
    /// An attestation of a test: its key alone, or with its amount in a table.
    AttestedTable: AttestedFactsTable,
}
