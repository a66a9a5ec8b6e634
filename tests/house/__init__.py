"""The building code: rules that every room keeps, checked on every run."""
