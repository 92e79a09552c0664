"""Decisions: who drives where in which order, when, and whether that keeps every rule."""
