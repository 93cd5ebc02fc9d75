"""Fits and applies the steps of the benchmark transform with scikit-learn and polars."""

import os

os.environ.setdefault("POLARS_MAX_THREADS", "2")
os.environ.setdefault("OMP_NUM_THREADS", "2")

import numpy as np
import polars as pl
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder, OrdinalEncoder, StandardScaler

from peers import data, report

ROWS = 5_000_000
ROUNDS = 3


def orders():
    record = np.dtype([("amount", "<f8"), ("country", "<i4"), ("sku", "<i4")])
    rows = np.fromfile(data(f"orders-{ROWS}.bin"), dtype=record)
    return pl.DataFrame(
        {
            "amount": pl.Series(rows["amount"]).fill_nan(None),
            "country": "country-" + pl.Series(rows["country"]).cast(pl.String),
            "sku": "SKU-" + pl.Series(rows["sku"] + 1_000_000).cast(pl.String),
        }
    )


def sklearn_peer(name, step, values, rounds=ROUNDS):
    fitted = step.fit(values)
    report(f"transform/{name}-fit", "s", "SKLEARN", lambda: step.fit(values), rounds=rounds)
    report(f"transform/{name}-apply", "s", "SKLEARN", lambda: fitted.transform(values), rounds=rounds)


def polars_peer(name, fit, apply):
    fitted = fit()
    report(f"transform/{name}-fit", "s", "POLARS", fit, rounds=ROUNDS)
    report(f"transform/{name}-apply", "s", "POLARS", lambda: apply(fitted), rounds=ROUNDS)


def main():
    frame = orders()
    amount, country, sku = frame["amount"], frame["country"], frame["sku"]

    polars_peer(
        "scaler",
        lambda: frame.select(pl.col("amount").mean().alias("m"), pl.col("amount").std(0).alias("s")).row(0),
        lambda f: frame.select(((pl.col("amount") - f[0]) / f[1]).cast(pl.Float32)),
    )
    polars_peer(
        "median",
        lambda: amount.median(),
        lambda m: frame.select(pl.col("amount").fill_null(m).cast(pl.Float32)),
    )
    parts = [i / 10 for i in range(1, 10)]
    polars_peer(
        "quantile-bins",
        lambda: frame.select(
            [pl.col("amount").quantile(p, "linear").alias(str(p)) for p in parts]
        ).row(0),
        lambda borders: amount.cut(list(borders), left_closed=True).to_physical(),
    )
    polars_peer("one-hot", lambda: country.unique().sort(), lambda _: country.to_dummies())
    polars_peer(
        "ordinal",
        lambda: pl.DataFrame({"sku": sku.unique().sort()}).with_row_index("code"),
        lambda codes: frame.select("sku").join(codes, on="sku", how="left", maintain_order="left"),
    )

    numbers = amount.to_numpy().reshape(-1, 1)
    filled = np.nan_to_num(numbers)
    sklearn_peer("scaler", StandardScaler(), numbers)
    sklearn_peer("median", SimpleImputer(strategy="median"), numbers)
    bins = KBinsDiscretizer(10, encode="ordinal", strategy="quantile", subsample=None)
    sklearn_peer("quantile-bins", bins, filled)
    texts = country.to_numpy().astype(object).reshape(-1, 1)
    sklearn_peer("one-hot", OneHotEncoder(), texts, rounds=1)
    texts = sku.to_numpy().astype(object).reshape(-1, 1)
    sklearn_peer("ordinal", OrdinalEncoder(), texts, rounds=1)


if __name__ == "__main__":
    main()
