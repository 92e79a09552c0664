"""The region file: an OpenStreetMap extract as roads, addresses and map; built and opened here."""
