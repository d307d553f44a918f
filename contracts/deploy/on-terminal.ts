/** Loaded into a command first: it takes its pipes for a terminal, and asks. */
for (const stream of [process.stdin, process.stderr]) Object.defineProperty(stream, 'isTTY', { value: true });
