"""The map: a web page of ours that draws the plan, fed with JSON, unable to reach anything else."""
