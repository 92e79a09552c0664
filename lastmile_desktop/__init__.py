"""Lastmile Desktop: plans a small firm's delivery day on the firm's own machine."""

__version__ = "0.1.0"
