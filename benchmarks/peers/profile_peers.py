"""Describes a table of numbers and texts in polars and pyarrow, for comparison with the benchmark `profile`.

Prints `peer profile/describe unit=s NAME=seconds`. The table has a million rows and columns like those of Events.
"""

import statistics
import time

import numpy as np
import polars as pl

ROWS = 1_000_000


def table():
    rng = np.random.default_rng(20240607)
    numbers = {
        "id": np.arange(ROWS),
        "user_id": rng.integers(1, 2_000_000, ROWS),
        "age": rng.integers(18, 90, ROWS),
        "qty": rng.poisson(4, ROWS),
        "ts": 1_600_000_000_000_000 + rng.integers(0, 10**8, ROWS) * 1_000_000,
        "d0": rng.normal(0, 1, ROWS),
        "d1": rng.normal(0, 100, ROWS),
        "d2": rng.normal(0, 1e-3, ROWS),
        "price": np.round(rng.exponential(20, ROWS), 2),
        "discount": np.round(rng.random(ROWS), 3),
        "lat": np.round(rng.uniform(-90, 90, ROWS), 6),
        "lon": np.round(rng.uniform(-180, 180, ROWS), 6),
        "active": rng.random(ROWS) < 0.7,
        "flag": rng.random(ROWS) < 0.1,
    }
    texts = {
        "country": 16,
        "device": 4,
        "segment": 7,
        "sku": 1_000_000,
        "session": 2**40,
        "note": 20_000,
    }
    columns = {name: pl.Series(values) for name, values in numbers.items()}
    for name, different in texts.items():
        columns[name] = pl.Series([f"{name} {i}" for i in rng.integers(0, different, ROWS)])
    return pl.DataFrame(columns)


def describe(frame):
    """Nulls, means, deviations, ends and quartiles, as `describe` has them."""
    return frame.describe()


def profile(frame):
    """As near to a profile as expressions come: approximate distinct counts and the frequent texts besides."""
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    one = frame.lazy().select(
        [pl.col(numbers).mean().name.suffix("_mean"), pl.col(numbers).std().name.suffix("_std")]
        + [pl.col(numbers).quantile(q).name.suffix(f"_{q}") for q in (0.01, 0.25, 0.5, 0.75, 0.99)]
        + [pl.all().null_count().name.suffix("_nulls"), pl.all().approx_n_unique().name.suffix("_distinct")]
    )
    top = [frame.lazy().select(pl.col(name).value_counts(sort=True).head(10)) for name in texts]
    return pl.collect_all([one] + top)


def seconds(job, frame, rounds=5):
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        job(frame)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    data = table()
    print(f"peer profile/table unit=s POLARS_DESCRIBE={seconds(describe, data):.3f}")
    print(f"peer profile/table unit=s POLARS_PROFILE={seconds(profile, data):.3f}")
