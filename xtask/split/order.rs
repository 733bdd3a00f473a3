//! `xtask-order MODULE...`: puts the functions of a module that are alike side by side, in place.
//!
//! A compressor says what it has just seen in fewer bits than what it saw long ago, and generic code is a
//! thousand functions that differ by a few bytes. From each function it goes on to the one that is most
//! like it of those that are left.

use std::{collections::HashMap, convert::Infallible, env, fs};

use anyhow::{Context as _, Result};
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode},
};
use wasmparser::{
    CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef,
};

/// What stands for a function: so many of the runs of four bytes in it, the same of any two that both
/// have them ([MinHash](https://en.wikipedia.org/wiki/MinHash)).
const KEPT: usize = 100;

struct Order {
    /// How many functions are imported: they come first, and stay.
    imported: u32,
    /// The module's own, each by its place before.
    order: Vec<usize>,
    /// Where each of them goes.
    places: Vec<u32>,
}

impl Order {
    fn new(imported: u32, bodies: &[FunctionBody<'_>]) -> Self {
        let sketches: Vec<Vec<u32>> = bodies.iter().map(|body| sketch(body.as_bytes())).collect();
        let order = side_by_side(&sketches);
        let mut places = vec![0; order.len()];
        for (place, own) in (0..).zip(&order) {
            places[*own] = place;
        }
        Self { imported, order, places }
    }
}

impl Reencode for Order {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let own = function.checked_sub(self.imported);
        Ok(own.map_or(function, |own| self.imported + self.places[own as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for own in self.order.clone() {
            functions.function(self.type_index(types[own])?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for own in self.order.clone() {
            self.parse_function_body(code, bodies[own].clone())?;
        }
        Ok(())
    }
}

fn sketch(bytes: &[u8]) -> Vec<u32> {
    // Mixed, so that the least are any.
    let mixed = |run: &[u8]| {
        let run = run.iter().fold(0_u32, |run, byte| run << 8 | u32::from(*byte));
        (run ^ run >> 15).wrapping_mul(0x9e37_79b1)
    };
    let mut runs: Vec<u32> = bytes.windows(4).map(mixed).collect();
    runs.sort_unstable();
    runs.dedup();
    runs.truncate(KEPT);
    runs
}

fn side_by_side(sketches: &[Vec<u32>]) -> Vec<usize> {
    let mut with = HashMap::<u32, Vec<usize>>::new();
    for (own, sketch) in sketches.iter().enumerate() {
        for run in sketch {
            with.entry(*run).or_default().push(own);
        }
    }
    let mut is_left = vec![true; sketches.len()];
    let mut order = Vec::new();
    let mut next = None;
    while let Some(own) = next.or_else(|| is_left.iter().position(|left| *left)) {
        is_left[own] = false;
        order.push(own);
        let mut common = HashMap::<usize, usize>::new();
        for other in sketches[own].iter().flat_map(|run| &with[run]).filter(|own| is_left[**own]) {
            *common.entry(*other).or_default() += 1;
        }
        // Of a thousand of what both have together, how much both have.
        let likeness = |(other, common): &(usize, usize)| {
            let together = sketches[own].len() + sketches[*other].len() - common;
            (1000 * common / together, usize::MAX - other)
        };
        next = common.into_iter().max_by_key(likeness).map(|(other, _)| other);
    }
    order
}

fn main() -> Result<()> {
    for path in env::args().skip(1) {
        let bytes = fs::read(&path).with_context(|| format!("reading {path}"))?;
        let (mut imported, mut bodies) = (0, Vec::new());
        for payload in Parser::new(0).parse_all(&bytes) {
            match payload.with_context(|| format!("parsing {path}"))? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body),
                _ => {}
            }
        }
        let mut module = Module::new();
        let mut order = Order::new(imported, &bodies);
        order.parse_core_module(&mut module, Parser::new(0), &bytes).context("ordering")?;
        fs::write(&path, module.finish()).with_context(|| format!("writing {path}"))?;
    }
    Ok(())
}
