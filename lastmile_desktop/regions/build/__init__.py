"""From an OpenStreetMap extract to a region file, in passes over the extract."""
