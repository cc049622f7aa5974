//! What compiles in hostile surroundings also runs there.

use pipeline_hygiene::{bodies, macros, methods, operators, shadowed};

#[tokio::test]
async fn values_come_out_as_elsewhere() {
    let lines = || ["1", "x", "3"].map(str::to_owned).to_vec();
    assert_eq!(shadowed::all(lines()).run().await.expect("a value").1, 1);
    assert_eq!(methods::by_value::parallel(lines()).run().await.expect("a value").1, 1);
    assert_eq!(methods::by_reference::by_key(vec![1, 2]).run().await.expect("a value"), 0);
    assert_eq!(methods::by_reference::guarded(vec![1, 12, 2]).run().await.expect("values"), (2, 0));
    assert_eq!(macros::constant([3, 4, 5]).run().await.expect("a value"), (3, [3; 3]));
    assert_eq!(macros::generic([1, 2], |n| n, "3").await, Some(2));
}

/// `two` is cloned for those that name it, in a text too.
#[tokio::test]
async fn what_is_captured_is_cloned() {
    let pipeline = bodies::captured("one".to_owned(), "two".to_owned(), "three");
    let (lengths, told) = pipeline.run().await.expect("values");
    assert_eq!(told, 1);
    assert!(lengths > 3);
    let names = ["a".to_owned()];
    let within = core::time::Duration::from_millis(5);
    assert_eq!(operators::block(&names, within).run().await.expect("a value"), 1 + 3);
}
