/**
 * The most elements of which NumPy's loops keep the lock (NPY_BEGIN_THREADS_THRESHOLDED in
 * numpy/_core/include/numpy/ndarraytypes.h). The product of a matrix and a vector goes by the elements of its
 * result (`total_problem_size` in numpy/_core/src/umath/ufunc_object.c).
 */
export const KEEPS_LOCK_UP_TO = 500;
