"""The next plan from the plan on the table, within a budget of changes."""
