/**
 * The first module of the command line's process: starts the program that it is given, and ends
 * with the process that started it, even if that one is killed.
 *
 * The program is in a session of its own, so that a Ctrl+C reaches it only once, by way of the
 * process that started it. Nothing else would tell it that that one is gone. Where the system has
 * signals it is told so by one, as it may have files to clear away; elsewhere that ends it at once.
 */
import { pathToFileURL } from 'node:url';

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

// The program sees the command line that it would see without this module.
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1] ?? '').href);
