//! How much may go in how much time.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::Quota;

use crate::policy::setting::{SettingError, require};

/// The longest time in which an empty burst fills up again.
const LONGEST: Duration = Duration::from_hours(24 * 365 * 30);

/// `n` items per `per`, and `burst` at once: one each `per / n`, rounded up to the nanosecond, so that it is never more.
pub(super) fn quota(n: u32, per: Duration, burst: u32) -> Result<Quota, SettingError> {
    require(n > 0, "rate", "at least 1")?;
    require(!per.is_zero(), "per", "longer than zero")?;
    require(per <= LONGEST, "per", "30 years at most")?;
    let burst = NonZeroU32::new(burst);
    require(burst.is_some(), "burst", "at least 1")?;
    let each = Duration::from_nanos_u128(per.as_nanos().div_ceil(n.into()));
    let filled = burst.and_then(|burst| each.checked_mul(burst.get())).filter(|filled| *filled <= LONGEST);
    require(filled.is_some(), "burst", "filled within 30 years")?;
    let quota = Quota::with_period(each).zip(burst).map(|(quota, burst)| quota.allow_burst(burst));
    // `each` is at least a nanosecond, as `per` is.
    quota.ok_or(SettingError::new("rate", "at least 1"))
}

/// As fast as can be.
pub(super) fn no_quota() -> Quota {
    Quota::per_second(NonZeroU32::MAX)
}
