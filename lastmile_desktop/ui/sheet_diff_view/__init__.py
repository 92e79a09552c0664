"""The page of a sheet on a day that has orders: what is new, changed, gone and as before."""
