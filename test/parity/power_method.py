"""The power method of "Multithreading in python for numerical applications", in NumPy alone.

Reads one JSON object from standard input:
    {"cases": [{"seed", "matrices", "size", "epsilon", "maxIterations", "convergence"}]}
and writes a list to standard output, an entry for each case:
    {"sha256": of all matrices' bytes, "eigenvalue", "rayleigh", "iterations", "converged": lists}
What is not a number is null.
"""

import hashlib
import json
import math
import sys

import numpy as np


def symmetric_matrices(seed, matrices, size):
    a = np.random.default_rng(seed).uniform(-1, 1, (matrices, size, size))
    return [(m + m.T) / 2 for m in a]


def next_guess(m, x, sign_aware):
    y = m @ x
    x_next = y / np.linalg.norm(y)
    error = np.linalg.norm(x - x_next)
    if sign_aware:
        error = min(error, np.linalg.norm(x + x_next))
    return x_next, error


def power_method(m, epsilon, max_iterations, sign_aware):
    x = np.zeros(m.shape[0])
    x[0] = 1
    x, error = next_guess(m, x, sign_aware)
    iterations = 1
    while error >= epsilon and iterations <= max_iterations:
        x, error = next_guess(m, x, sign_aware)
        iterations += 1
    y = m @ x
    return {
        "eigenvalue": (y / x).mean(),
        "rayleigh": x @ y,
        "iterations": iterations,
        "converged": bool(error < epsilon),
    }


def result_of(case):
    matrices = symmetric_matrices(case["seed"], case["matrices"], case["size"])
    sign_aware = case["convergence"] == "sign-aware"
    results = [
        power_method(m, case["epsilon"], case["maxIterations"], sign_aware) for m in matrices
    ]
    digest = hashlib.sha256()
    for m in matrices:
        digest.update(np.ascontiguousarray(m).tobytes())
    columns = {name: [plain(result[name]) for result in results] for name in results[0]}
    return {"sha256": digest.hexdigest(), **columns}


def plain(value):
    """A number as JSON has it; NumPy's float64 is a float."""
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


json.dump([result_of(case) for case in json.load(sys.stdin)["cases"]], sys.stdout)
