"""Order sheets: from a workbook to orders, vehicles, depots and everything there is to say about them."""
