// Stands in for the package `server-only` in unit tests: its own entry throws outside of Next's server.
export {};
