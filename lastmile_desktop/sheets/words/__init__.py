"""What people write above their columns, in many languages, as data: one module a subject."""
