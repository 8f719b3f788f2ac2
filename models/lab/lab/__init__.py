"""Library behind the commands of models/lab: how the base model's data are made, and how it is trained and judged."""
