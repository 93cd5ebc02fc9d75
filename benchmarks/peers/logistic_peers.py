"""Fits the logistic regression of the benchmark logistic with scikit-learn, on one thread."""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.metrics import log_loss  # noqa: E402

from peers import gaussians, report  # noqa: E402

features, classes = gaussians(100_000, 20)
features = features.astype("f8")


def loss(trainer):
    return log_loss(classes, trainer.predict_proba(features))


optimum = loss(LogisticRegression(solver="newton-cholesky", tol=1e-12).fit(features, classes))
for solver in ("lbfgs", "newton-cholesky"):
    # C and the penalty are the defaults. The tolerance is that of the largest component of the
    # gradient of the mean loss, which is near 0.1 here at the start.
    trainer = LogisticRegression(solver=solver, tol=1e-7, max_iter=1000)
    name = "SKLEARN_" + solver.upper().replace("-", "_")
    report("logistic/fit", "s", name, lambda: trainer.fit(features, classes))
    excess = max(0, round(loss(trainer) - optimum, 9))
    print(f"peer logistic/excess-loss unit=nats {name}={excess:.3g}")
