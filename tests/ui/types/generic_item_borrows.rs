use pipeline_runtime::{Flow, Pipeline, pipeline};

fn sorted<T: Ord + Clone + Send>(items: Vec<T>) -> Pipeline<(Vec<T>, Option<T>)> {
    pipeline! {
        source all = items.into_iter().skip(1);
        #[workers(2)]
        stage some = all.filter(|item| item == item);
        stage (kept, compared) = some.tee();
        sink sorted = kept.collect();
        sink greatest = compared.fold(None, |greatest, item| Some(item).max(greatest));
    }
}

fn doubled<T: Clone + Send>() -> Flow<T, T> {
    pipeline! {
        source items = input;
        sink twice = items.flat_map(|item: T| [item.clone(), item]).output();
    }
}

pipeline! {
    fn sent<T: Send>(items: Vec<T>) -> Pipeline<u64> {
        source all = async |out| {
            for item in items {
                out.send(item).await;
            }
        };
        sink n = all.count();
    }
}

fn made<T: Default + Send>() -> Pipeline<Vec<T>> {
    pipeline! {
        source numbers = 0..3;
        stage items = numbers.map(|_| T::default());
        sink kept = items.collect::<Vec<_>>();
    }
}

fn main() {}
