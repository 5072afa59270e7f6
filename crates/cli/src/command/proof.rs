//! `cairn audit --certificate`, `--opb`, and `cairn verify`.

use std::{fs, io::Read as _, path::Path};

use cairn_core::{Catalog, Learner};
use cairn_engine::{JointQuestion, Proof, Question};
use cairn_report::words::count;

use crate::{
    arguments::ProofFiles,
    failure::{Exit, Failure},
    output,
};

/// The largest certificate that is read, in bytes.
const BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Writes the proof of an audit, and its problem, where they are asked for; says what can be done
/// with them.
pub(super) fn write(
    catalog: &Catalog,
    learner: &Learner,
    questions: &[Question],
    files: &ProofFiles,
) -> Result<Vec<String>, Failure> {
    if files.certificate.is_none() && files.opb.is_none() {
        return Ok(Vec::new());
    }
    let [question] = questions else {
        return Err(Failure::new(Exit::NotFound, "a proof is about one question")
            .help("name one qualification after the learner, or ask about several `--jointly`"));
    };
    write_proof(&cairn_engine::certify(catalog, learner, question).1, files)
}

/// The same for several qualifications at once.
pub(super) fn write_jointly(
    catalog: &Catalog,
    learner: &Learner,
    question: &JointQuestion,
    files: &ProofFiles,
) -> Result<Vec<String>, Failure> {
    if files.certificate.is_none() && files.opb.is_none() {
        return Ok(Vec::new());
    }
    write_proof(&cairn_engine::certify_jointly(catalog, learner, question).1, files)
}

fn write_proof(proof: &Proof, files: &ProofFiles) -> Result<Vec<String>, Failure> {
    if let Some(path) = &files.opb {
        let opb = cairn_solver::opb::opb(&proof.problem);
        let opb = opb.ok_or_else(|| {
            Failure::new(Exit::File, "the numbers of this problem are too large for one objective in 64 bits")
        })?;
        write_file(path, &opb)?;
    }
    let Some(path) = &files.certificate else { return Ok(Vec::new()) };
    write_file(path, &proof.write())?;
    Ok(vec![format!("cairn verify {}", path.display())])
}

fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text)
        .map_err(|error| Failure::new(Exit::File, format!("`{}` cannot be written: {error}", path.display())))
}

/// Checks a certificate.
pub(super) fn verify(path: &Path) -> Result<(), Failure> {
    let shown = path.display();
    let unreadable =
        |error: std::io::Error| Failure::new(Exit::File, format!("`{shown}` cannot be read: {error}"));
    let mut bytes = Vec::new();
    fs::File::open(path)
        .map_err(unreadable)?
        .take(BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let refused = |why: String| Failure::new(Exit::NotProved, format!("`{shown}` proves nothing: {why}"));
    if bytes.len() as u64 > BYTES_MAX {
        return Err(refused(format!("it has more than {BYTES_MAX} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused("it is not text".to_owned()))?;
    let proof = cairn_solver::proof::read(&text).map_err(|error| refused(error.to_string()))?;
    proof.verify().map_err(|refusal| refused(refusal.to_string()))?;
    let problem = format!(
        "{} and {}",
        count(proof.problem.variables() as u64, "variable"),
        count(proof.problem.rows().len() as u64, "rule")
    );
    let cases = count(proof.cases() as u64, "case");
    let answer = match &proof.solution {
        None => "nothing satisfies the rules".to_owned(),
        Some(solution) => format!("no answer costs less than this one, {}", cost(&solution.costs)),
    };
    output::answer(&format!("proved: {answer} ({problem}, {cases})\n"))
}

/// The parts of a cost, as numbers of the problem: amounts are in thousandths.
fn cost(costs: &[i64]) -> String {
    let measures = costs.len().saturating_sub(2);
    let name = |at: usize| match at {
        0 => "thousandths of the measure",
        at if at < measures => "of the next",
        at if at == measures => "new",
        _ => "to confirm",
    };
    let parts = costs.iter().enumerate().map(|(at, cost)| format!("{cost} {}", name(at)));
    cairn_report::words::list(&parts.collect::<Vec<_>>(), "and")
}
