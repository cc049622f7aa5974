//! What is counted, and how it is counted in one file.

use std::ops::AddAssign;

use serde::Serialize;
use syn::{
    Block, Expr, ExprMethodCall, ExprUnsafe, File, ForeignItemFn, ItemMacro, Macro, Signature, Token,
    punctuated::Punctuated,
    visit::{self, Visit},
};

/// What is in a file, a crate, or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    /// Files that were parsed.
    pub(crate) files: u64,
    /// Lines, those of comments and empty ones included.
    pub(crate) lines: u64,
    /// Functions: free and nested ones, methods of `impl`s, and methods of traits, with and without a body. Closures are none, nor are
    /// declarations in `extern` blocks.
    pub(crate) functions: u64,
    /// Functions that are `async`.
    pub(crate) async_fns: u64,
    /// `unsafe { … }` blocks; not `unsafe fn`, `unsafe impl` or `unsafe extern`.
    pub(crate) unsafe_blocks: u64,
    /// Calls of a method named `unwrap`.
    pub(crate) unwraps: u64,
    /// Calls of a method named `expect`.
    pub(crate) expects: u64,
    /// Invocations of `panic!`.
    pub(crate) panics: u64,
}

/// The name of a count and how to get it.
pub(crate) type Measure = (&'static str, fn(&Counts) -> u64);

impl Counts {
    /// Every count, in the order in which they are printed.
    pub(crate) const MEASURES: [Measure; 8] = [
        ("files", |counts| counts.files),
        ("lines", |counts| counts.lines),
        ("functions", |counts| counts.functions),
        ("async fns", |counts| counts.async_fns),
        ("unsafe blocks", |counts| counts.unsafe_blocks),
        ("unwrap calls", |counts| counts.unwraps),
        ("expect calls", |counts| counts.expects),
        ("panic! calls", |counts| counts.panics),
    ];
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.lines += other.lines;
        self.functions += other.functions;
        self.async_fns += other.async_fns;
        self.unsafe_blocks += other.unsafe_blocks;
        self.unwraps += other.unwraps;
        self.expects += other.expects;
        self.panics += other.panics;
    }
}

/// Counts what is in one file: its text, and the tree of it.
///
/// To syn the arguments of a macro call are mere tokens. Those that read as statements and items (`cfg_rt! { fn … }`), or as expressions
/// with commas between them (`assert!(x.unwrap())`), are counted as such; others are not, nor is what a `macro_rules!` is made of.
pub(crate) fn count(text: &str, tree: &File) -> Counts {
    let mut counts = Counts { files: 1, lines: text.lines().count() as u64, ..Counts::default() };
    counts.visit_file(tree);
    counts
}

impl<'ast> Visit<'ast> for Counts {
    fn visit_signature(&mut self, signature: &'ast Signature) {
        self.functions += 1;
        self.async_fns += u64::from(signature.asyncness.is_some());
        visit::visit_signature(self, signature);
    }

    fn visit_foreign_item_fn(&mut self, _: &'ast ForeignItemFn) {}

    fn visit_expr_unsafe(&mut self, block: &'ast ExprUnsafe) {
        self.unsafe_blocks += 1;
        visit::visit_expr_unsafe(self, block);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.unwraps += u64::from(call.method == "unwrap");
        self.expects += u64::from(call.method == "expect");
        visit::visit_expr_method_call(self, call);
    }

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        let is_definition = item.ident.is_some();
        if !is_definition {
            visit::visit_item_macro(self, item);
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let name = call.path.segments.last();
        self.panics += u64::from(name.is_some_and(|name| name.ident == "panic"));
        self.visit_arguments(call);
    }
}

impl Counts {
    /// Counts what is in the arguments of a macro call, if they can be read.
    fn visit_arguments(&mut self, call: &Macro) {
        if let Ok(statements) = call.parse_body_with(Block::parse_within) {
            statements.iter().for_each(|statement| self.visit_stmt(statement));
        } else if let Ok(arguments) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    /// What is in `text`: functions, async ones, unsafe blocks, unwraps, expects, panics.
    fn counted(text: &str) -> [u64; 6] {
        let counts = count(text, &parse(text).unwrap());
        std::array::from_fn(|index| Counts::MEASURES[index + 2].1(&counts))
    }

    #[test]
    fn functions() {
        assert_eq!(counted("fn f() { fn g() {} let h = || 1; }"), [2, 0, 0, 0, 0, 0]);
        assert_eq!(counted("impl A { fn f(&self) {} async fn g() {} }"), [2, 1, 0, 0, 0, 0]);
        assert_eq!(counted("trait A { fn f(); fn g() {} }"), [2, 0, 0, 0, 0, 0]);
        assert_eq!(counted("extern \"C\" { fn f(); } type F = fn();"), [0; 6]);
        assert_eq!(counted("async unsafe fn f() { async {} }"), [1, 1, 0, 0, 0, 0]);
    }

    #[test]
    fn unsafe_blocks() {
        assert_eq!(counted("unsafe fn f() { unsafe { unsafe { g() } } }"), [1, 0, 2, 0, 0, 0]);
        assert_eq!(counted("unsafe impl A for B {}"), [0; 6]);
        assert_eq!(counted("const A: u8 = unsafe { b() };"), [0, 0, 1, 0, 0, 0]);
    }

    #[test]
    fn calls_that_may_panic() {
        assert_eq!(
            counted("fn f() { a.unwrap().b.expect(\"\"); a.unwrap_or(1); unwrap(); A::unwrap(a) }"),
            [1, 0, 0, 1, 1, 0]
        );
        assert_eq!(counted("fn f() { panic!(); core::panic!(\"{}\", a); unreachable!() }"), [1, 0, 0, 0, 0, 2]);
    }

    #[test]
    fn arguments_of_macros() {
        assert_eq!(
            counted("fn f() { assert!(a.unwrap(), \"{}\", b.expect(\"\")); vec![panic!()]; }"),
            [1, 0, 0, 1, 1, 1]
        );
        assert_eq!(counted("cfg! { fn f() { a.unwrap(); } async fn g() {} }"), [2, 1, 0, 1, 0, 0]);
        assert_eq!(counted("macro_rules! m { () => { fn f() { unsafe {} } } }"), [0; 6]);
        assert_eq!(counted("m! { a.unwrap() => b }"), [0; 6]);
    }

    #[test]
    fn lines() {
        for (text, lines) in [("", 0), ("\n", 1), ("// a", 1), ("// a\r\n\r\n", 2)] {
            assert_eq!(count(text, &parse(text).unwrap()).lines, lines);
        }
    }
}
