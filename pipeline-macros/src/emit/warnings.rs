//! Warnings. On stable a macro has one way to give any: to use something deprecated at the place in question.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names;
use crate::diagnostics::Warning;

/// A constant of the lint's name whose note is the message, and its use.
pub(super) fn emit(warning: &Warning) -> TokenStream {
    let Warning { name, span, message, attrs } = warning;
    let (definition, used) = (names::local(name), Ident::new(name, *span));
    quote! {
        #(#attrs)*
        {
            #[allow(non_upper_case_globals, reason = "a lint's name")]
            #[deprecated(note = #message)]
            const #definition: () = ();
            let () = #used;
        }
    }
}
