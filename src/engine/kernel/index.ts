// The kernel: what a lane computes. All memory is the shared one that main lays out, and nothing is
// allocated; what is kept besides is how far one task has come, so that every lane has an instance.

export { generate } from './generate';
export { interpret } from './interpreter';
export { begin, conclude, finish, iterate, lastError, product, update } from './iteration';
