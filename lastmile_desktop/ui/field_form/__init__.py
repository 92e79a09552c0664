"""Forms made from declared fields: used for vehicles, depots and settings."""
