"""The published systems this project grew from, each trained, measured on one protocol and exported as a pack (`systems.py`)."""
