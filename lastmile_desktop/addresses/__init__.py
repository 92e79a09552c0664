"""Texts of addresses to positions: from the region, from what a person confirmed, online if allowed."""
