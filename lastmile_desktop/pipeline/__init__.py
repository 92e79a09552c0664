"""Sheet to day to plan to documents, without a window; the window, the command line and benchmarks use it."""
