// The kernel: what a lane computes. All memory is the shared one that main lays out; nothing here
// allocates or keeps data of its own, so that every lane has an instance over the same memory.

export { drawRow, generate } from './generate';
export { begin, conclude, finish, iterate, lastError, product, update } from './iteration';
