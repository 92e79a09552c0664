"""The page on which a person checks a sheet before its orders enter the day."""
