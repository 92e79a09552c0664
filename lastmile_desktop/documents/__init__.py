"""What leaves the program: manifests, workbooks, maps and the plan for other programs."""
