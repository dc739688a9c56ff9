"""The power method of "Multithreading in python for numerical applications", timed in NumPy.

Writes one line when it is ready, {"python", "numpy", "blas"}, and then answers each request, a line of
JSON on standard input, with a line of JSON:

    {"method", "seed", "size", "matrices", "threads", "epsilon", "maxIterations", "details"}
    {"seconds", "iterations", "eigenvalueSum"}    iterations: of all matrices together

Methods: serial, a plain loop over the matrices, and pool, a ThreadPoolExecutor that each matrix is
submitted to. The functions are the post's, without Numba. Matrices and pools are kept from request to
request.
"""

import json
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import numpy as np
from numpy.linalg import norm


def symmetric_matrices(seed, matrices, size):
    a = np.random.default_rng(seed).uniform(-1, 1, (matrices, size, size))
    return (a + a.transpose(0, 2, 1)) / 2


def normalize(x):
    return x / norm(x)


def next_guess(m, x):
    x_next = normalize(m @ x)
    return x_next, norm(x - x_next)


def power_method(m, epsilon, max_iterations):
    x = np.zeros(len(m))
    x[0] = 1
    x, error = next_guess(m, x)
    iterations = 1
    while error >= epsilon and iterations <= max_iterations:
        x, error = next_guess(m, x)
        iterations += 1
    return ((m @ x) / x).mean(), iterations


class Bench:
    """Keeps what requests share: the matrices of the last one, and the pools of threads."""

    def __init__(self):
        self.key = None
        self.matrices = None
        self.pools = {}

    def answer(self, request):
        h = self.matrices_of(request)
        limits = request["epsilon"], request["maxIterations"]
        pool = self.pool_of(request["threads"])
        start = perf_counter()
        if request["method"] == "pool":
            submitted = [pool.submit(power_method, m, *limits) for m in h]
            results = [future.result() for future in submitted]
        else:
            results = [power_method(m, *limits) for m in h]
        seconds = perf_counter() - start
        return {
            "seconds": seconds,
            "iterations": sum(count for _, count in results),
            "eigenvalueSum": float(sum(value for value, _ in results)),
        }

    def matrices_of(self, request):
        key = request["seed"], request["matrices"], request["size"]
        if self.key != key:
            self.matrices = symmetric_matrices(*key)
            self.key = key
        return self.matrices

    def pool_of(self, threads):
        if threads not in self.pools:
            self.pools[threads] = ThreadPoolExecutor(max_workers=threads)
        return self.pools[threads]


def blas_name():
    """The BLAS that NumPy was built with, where it says so."""
    try:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return f"{blas['name']} {blas['version']}"
    except (KeyError, TypeError):
        return "a BLAS that it does not name"


def tell(message):
    print(json.dumps(message), flush=True)


def main():
    bench = Bench()
    tell({"python": platform.python_version(), "numpy": np.__version__, "blas": blas_name()})
    for line in sys.stdin:
        tell(bench.answer(json.loads(line)))


main()
