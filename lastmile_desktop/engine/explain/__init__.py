"""Why an order is on no route: the smallest sets of rules that keep it out, and what each would cost."""
