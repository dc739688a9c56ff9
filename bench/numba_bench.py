"""The power method of "Multithreading in python for numerical applications", timed in Numba.

Writes one line when every function is compiled, {"python", "numba", "numpy", "threadingLayer", "blas"},
and then answers each request, a line of JSON on standard input, with a line of JSON:

    {"method", "seed", "size", "matrices", "threads", "epsilon", "maxIterations", "details"}
    {"seconds", "iterations", "eigenvalueSum"}    iterations: of all matrices together
        and with "details" also {"eigenvalues", "iterationCounts"}, a list element a matrix

Methods: serial, prange, pool (nogil=True), pool-gil (nogil=False), and generate, which makes the
matrices anew and has no iterations. Matrices are kept from request to request. Unlike the post's
code this hands each matrix over contiguous, without which Numba's `@` does not reach BLAS.
"""

import ctypes
import json
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import numba
import numpy as np
from numba import njit, prange
from numpy.linalg import norm
from scipy.linalg import cython_blas


@njit(parallel=True)
def symmetrize(a):
    for i in prange(a.shape[0]):
        a[i] = (a[i] + a[i].T) / 2


def symmetric_matrices(seed, matrices, size):
    a = np.random.default_rng(seed).uniform(-1, 1, (matrices, size, size))
    symmetrize(a)
    return a


@njit(nogil=True)
def normalize(x):
    return x / norm(x)


@njit(nogil=True)
def next_guess(m, x):
    x_next = normalize(m @ x)
    return x_next, norm(x - x_next)


def _power_method(m, epsilon, max_iterations):
    x = np.zeros(len(m))
    x[0] = 1
    x, error = next_guess(m, x)
    iterations = 1
    while error >= epsilon and iterations <= max_iterations:
        x, error = next_guess(m, x)
        iterations += 1
    return ((m @ x) / x).mean(), iterations


power_method = njit(nogil=True)(_power_method)
gil_power_method = njit(nogil=False)(_power_method)


@njit
def serial(h, epsilon, max_iterations, eigenvalues, iterations):
    for i in range(h.shape[0]):
        eigenvalues[i], iterations[i] = power_method(h[i], epsilon, max_iterations)


@njit(parallel=True)
def parallel(h, epsilon, max_iterations, eigenvalues, iterations):
    for i in prange(h.shape[0]):
        eigenvalues[i], iterations[i] = power_method(h[i], epsilon, max_iterations)


class Bench:
    """Keeps what requests share: the matrices of the last one, and the pool of threads."""

    def __init__(self):
        self.key = None
        self.matrices = None
        self.pools = {}

    def answer(self, request):
        numba.set_num_threads(min(request["threads"], numba.config.NUMBA_NUM_THREADS))
        if request["method"] == "generate":
            return self.generate(request)
        h = self.matrices_of(request)
        pool = self.pool_of(request["threads"])
        limits = request["epsilon"], request["maxIterations"]
        start = perf_counter()
        eigenvalues, iterations = self.run(request["method"], h, limits, pool)
        seconds = perf_counter() - start
        answer = {
            "seconds": seconds,
            "iterations": int(sum(iterations)),
            "eigenvalueSum": float(sum(eigenvalues)),
        }
        if request["details"]:
            answer["eigenvalues"] = [float(value) for value in eigenvalues]
            answer["iterationCounts"] = [int(count) for count in iterations]
        return answer

    def run(self, method, h, limits, pool):
        if method in ("pool", "pool-gil"):
            function = power_method if method == "pool" else gil_power_method
            submitted = [pool.submit(function, h[i], *limits) for i in range(len(h))]
            results = [future.result() for future in submitted]
            return [value for value, _ in results], [count for _, count in results]
        eigenvalues, iterations = np.empty(len(h)), np.empty(len(h), dtype=np.int64)
        function = {"serial": serial, "prange": parallel}[method]
        function(h, *limits, eigenvalues, iterations)
        return eigenvalues, iterations

    def generate(self, request):
        self.key = self.matrices = None
        start = perf_counter()
        h = symmetric_matrices(request["seed"], request["matrices"], request["size"])
        seconds = perf_counter() - start
        return {"seconds": seconds, "iterations": 0, "eigenvalueSum": float(h[:, 0, 0].sum())}

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


def compile_all(bench):
    small = {"seed": 1, "size": 4, "matrices": 4, "threads": 2, "details": False}
    for method in ("generate", "serial", "prange", "pool", "pool-gil"):
        bench.answer({**small, "method": method, "epsilon": 1e-10, "maxIterations": 10})


def blas_name():
    """The BLAS that Numba calls, by way of SciPy: of OpenBLAS its version and the code it chose."""
    try:
        library = ctypes.CDLL(cython_blas.__file__)
        library.openblas_get_config.restype = ctypes.c_char_p
        library.openblas_get_corename.restype = ctypes.c_char_p
        version = " ".join(library.openblas_get_config().decode().split()[:2])
        return f"{version} with its code for {library.openblas_get_corename().decode()}"
    except (AttributeError, OSError):
        return "a BLAS that does not say which it is"


def tell(message):
    print(json.dumps(message), flush=True)


def main():
    bench = Bench()
    compile_all(bench)
    tell(
        {
            "python": platform.python_version(),
            "numba": numba.__version__,
            "numpy": np.__version__,
            "threadingLayer": numba.threading_layer(),
            "blas": blas_name(),
        }
    )
    for line in sys.stdin:
        tell(bench.answer(json.loads(line)))


main()
