"""A made-up town, drawn by rules and dice: the sample's region needs no download and shows nobody's home."""
