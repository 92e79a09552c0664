"""The region as a picture: tiles for the map page and the map panel of a manifest, painted with QtGui."""
