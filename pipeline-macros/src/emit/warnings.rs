//! Warnings. On stable a macro has one way to give any: to use something deprecated at the place in question.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::diagnostics::Warning;

/// A macro of the lint's name whose note is the message, and its use. Rustc names a macro as it is called, and so without
/// the function around it; at the user's own place, and so without the expansion that it comes from.
pub(super) fn emit(warning: &Warning) -> TokenStream {
    let Warning { name, span, message, attrs } = warning;
    let name = Ident::new(name, *span);
    quote! {
        #(#attrs)*
        {
            #[deprecated(note = #message)]
            macro_rules! #name {
                () => {};
            }
            #name! {}
        }
    }
}
