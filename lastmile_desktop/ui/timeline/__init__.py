"""The timeline: a row for each route, what the van does when, and the curve of a plan getting cheaper."""
