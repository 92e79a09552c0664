"""The step "Print": the manifest pages as they will come out, and the ways to get them out."""
