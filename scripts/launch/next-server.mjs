// Runs Next's command line, and ends when the launcher that started it is gone, however it went.
process.on('disconnect', () => process.exit(0));
await import('../../node_modules/next/dist/bin/next');
